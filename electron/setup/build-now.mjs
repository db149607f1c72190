// The build as a step of the checks.
import { bringBuild } from './build.mjs';

bringBuild();
