import { BarChart, CustomChart, LineChart, TreemapChart } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([
  LineChart,
  BarChart,
  CustomChart,
  TreemapChart,
  GridComponent,
  TooltipComponent,
  MarkLineComponent,
  MarkPointComponent,
  AriaComponent,
  CanvasRenderer,
]);

/** Starts a chart in a box; this module is loaded with the first chart. */
export function startChart(box: HTMLElement) {
  return init(box, null, { renderer: 'canvas' });
}
export type Engine = ReturnType<typeof startChart>;
