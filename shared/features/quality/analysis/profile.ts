import type { SplitName } from '../../datasets/datasets.model.ts';
import type { JsonObject } from '../../datasets/read-line.ts';
import { readConversation } from '../conversation.ts';
import { facetWords } from '../facet-words.ts';
import { type QualityCodeName, qualityCodes } from '../quality-codes.ts';
import type { AnalysisSettings, QualityCheck, QualityProfile } from '../quality.model.ts';
import { createGlossary, type GlossaryTerm } from '../signs/glossary.rules.ts';
import type { IsWord } from '../signs/spelling.rules.ts';
import { splitIndex } from './counts.ts';
import { markDatasetSigns, type Statement } from './dataset-signs.ts';
import { createAnswerSample, diversityOf } from './diversity.ts';
import { markExampleSigns } from './example-signs.ts';
import { createFacets, type Facets } from './facets.ts';
import { countGroups, type FoundGroup, markGroups } from './groups.ts';
import { createMarkList, type MarkList } from './mark-list.ts';
import { createSpellingMarks } from './spelling-marks.ts';

export type ProfileTools = {
  readonly isWord: IsWord;
  readonly terms: readonly GlossaryTerm[];
  compressedBytes(text: string): { before: number; after: number };
};

/** Looks at the examples of a data set one after the other and says in the end what they are like and what is wrong. */
export function createProfile(tools: ProfileTools) {
  const facets = createFacets();
  const marks = createMarkList();
  const cutOff = createMarkList();
  const sample = createAnswerSample();
  const spelling = createSpellingMarks(tools.isWord);
  const glossary = createGlossary(tools.terms);
  return {
    facets,
    marks,
    add(exampleId: number, split: SplitName | null, value: JsonObject): void {
      const conversation = readConversation(value);
      const { language } = facets.add(exampleId, split === null ? 0 : splitIndex[split], conversation);
      markExampleSigns({ exampleId, conversation }, glossary, { marks, cutOff });
      if (language === 'en') spelling.add(exampleId, conversation);
      sample.add(conversation.answers.at(-1)?.text ?? '');
    },
    finish(
      settings: AnalysisSettings,
      found: { groups: readonly FoundGroup[]; templated: number; splitAt(row: number): SplitName | null },
    ): QualityProfile {
      const rows = {
        exampleAt: (row: number) => facets.exampleAt(row),
        splitAt: (row: number) => found.splitAt(row),
      };
      markGroups(found.groups, rows, marks);
      // Where most answers end without a full stop, that is how they are written.
      if (cutOff.examples('truncated_answer') * 2 <= facets.rows) marks.addAll(cutOff);
      const shifts = splitShifts(facets);
      const diversity = diversityOf(sample.answers(), (text) => tools.compressedBytes(text));
      const statements = [
        ...markDatasetSigns(facets, marks),
        ...shiftStatements(shifts),
        ...diversityStatements(diversity),
        ...templateStatements(found.templated, facets.rows),
      ];
      const unknownWords = spelling.finish(marks);
      return {
        settings,
        examples: facets.rows,
        checks: checksOf(marks, statements),
        charts: facets.charts(),
        shifts,
        groups: countGroups(found.groups, rows),
        diversity,
        unknownWords,
      };
    },
  };
}

function splitShifts(facets: Facets): QualityProfile['shifts'] {
  const pairs = [
    ['train', 'validation'],
    ['train', 'test'],
  ] as const;
  return pairs.flatMap((pair) => {
    const [one, other] = [splitIndex[pair[0]], splitIndex[pair[1]]];
    const examples: [number, number] = [facets.inSplit(one), facets.inSplit(other)];
    if (Math.min(...examples) === 0) return [];
    return [{ splits: [...pair] as [SplitName, SplitName], examples, facets: facets.shifts(one, other) }];
  });
}

function shiftStatements(shifts: QualityProfile['shifts']): Statement[] {
  return shifts.flatMap(({ splits: [one, other], facets }) => {
    const shifted = facets.filter(({ verdict }) => verdict === 'moderate' || verdict === 'large');
    if (shifted.length === 0) return [];
    const words = shifted.map(({ facet, psi }) => `${facetWords[facet] ?? facet} (PSI ${psi.toFixed(2)})`);
    return [{ code: 'split_shift', message: `${one} and ${other} differ in ${words.join(', ')}.` }];
  });
}

function templateStatements(templated: number, rows: number): Statement[] {
  if (templated === 0) return [];
  const message = `${templated} of ${rows} examples are one text with other words filled in, and are compared without it.`;
  return [{ code: 'shared_template', message }];
}

function diversityStatements(diversity: QualityProfile['diversity']): Statement[] {
  // Labels and other short answers repeat by their nature; texts that gzip makes ten times smaller do not.
  if (!diversity || diversity.sampled < 100 || diversity.distinct2 === 0 || diversity.compressionRatio < 10)
    return [];
  if (diversity.distinct2 > 0.1) return [];
  const ratio = diversity.compressionRatio.toFixed(1);
  return [
    {
      code: 'low_diversity',
      message: `Compressed, the answers are ${ratio} times smaller; ${Math.round(100 * diversity.distinct2)} % of their word pairs are different.`,
    },
  ];
}

function checksOf(marks: MarkList, statements: readonly Statement[]): QualityCheck[] {
  const codes = Object.keys(qualityCodes) as QualityCodeName[];
  return codes.flatMap((code): QualityCheck[] => {
    const { severity, title } = qualityCodes[code];
    const about = statements.filter((one) => one.code === code).map(({ message }) => message);
    const examples = marks.examples(code);
    if (about.length > 0) return [{ code, severity, examples, message: about.join(' ') }];
    return examples > 0 ? [{ code, severity, examples, message: `${title}.` }] : [];
  });
}

/** What a mark says in a list of findings. */
export function messageOf(code: QualityCodeName, detail: string): string {
  const { title } = qualityCodes[code];
  return detail === '' ? `${title}.` : `${title}: ${detail}.`;
}
