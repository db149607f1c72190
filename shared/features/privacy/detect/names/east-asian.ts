import type { Detection, PersonalDataType } from '../../privacy.model.ts';

/** A family name of Han characters that most Chinese and Japanese names begin with. */
const family =
  '(?:[王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾丁魏薛叶葉阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]|欧阳|歐陽|司马|上官|诸葛|田中|佐藤|鈴木|高橋|渡辺|伊藤|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|清水|山崎|池田|橋本|阿部|石川|前田|藤田|後藤|岡田|長谷川|石井|村上|近藤|坂本|遠藤|青木|藤井|西村|福田|太田|三浦|岡本|松田|中川|中野|原田|小野|竹内)';
const korean =
  '[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민나진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모]';

type Rule = { rule: string; type: PersonalDataType; confidence: 'medium' | 'low'; expression: RegExp };

/** Names without capitals: by what leads them in, or a family name before a form of address. */
const rules: readonly Rule[] = [
  {
    rule: 'person.east-asian-introduced',
    type: 'PERSON',
    confidence: 'medium',
    expression: new RegExp(
      `(?:我叫|我是|名叫|姓名(?:是|为)?[:：]? ?|名字(?:是|叫)|氏名[:：] ?|名前は|私は|(?:제|내) 이름은 |이름[:：]? ?|성명[:：]? ?|저는 )(?<value>${family}[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]{1,2}(?=[，。,.、\\s]|です|と|$)|${korean}[가-힣]{1,2}(?=입니다|이고|이며|[,.\\s]|$))`,
      'dgu',
    ),
  },
  {
    rule: 'person.east-asian-addressed',
    type: 'PERSON',
    confidence: 'low',
    expression: new RegExp(
      `(?<value>${family}[\\p{Script=Han}]{0,2})(?=先生|女士|小姐|さん|様|氏|と申します)|(?<![가-힣])(?<korean>${korean}[가-힣]{2})(?= ?(?:씨|님|선생님|고객님))`,
      'dgu',
    ),
  },
  {
    rule: 'location.east-asian',
    type: 'LOCATION',
    confidence: 'low',
    expression:
      /(?<value>(?:北京|上海|天津|重庆|广州|深圳|杭州|南京|武汉|成都|西安|苏州|东京|東京|大阪|京都|横浜|名古屋|札幌|福岡|神戸|香港|台北|高雄|中国|日本|韩国|美国|서울|부산|인천|대구|대전|광주|수원|울산)(?:[市都府]|특별시|광역시|시)?)/dgu,
  },
];

/** People and towns in Chinese, Japanese and Korean texts. */
export function findEastAsian(text: string, add: (one: Detection) => void): void {
  if (!/[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/.test(text)) return;
  for (const { rule, type, confidence, expression } of rules) {
    for (const { indices } of text.matchAll(expression)) {
      const place = indices?.groups?.value ?? indices?.groups?.korean;
      if (place) add({ start: place[0], end: place[1], type, confidence, rule });
    }
  }
}
