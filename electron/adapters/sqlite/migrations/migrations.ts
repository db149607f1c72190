import type { Migration } from '../migrate.ts';
import { foundation } from './0010-foundation.ts';
import { datasets } from './0020-datasets.ts';
import { providersEgress } from './0030-providers-egress.ts';
import { jobsSchema } from './0040-jobs.ts';
import { practice } from './0050-practice.ts';
import { evals } from './0060-evals.ts';
import { reports } from './0070-reports.ts';
import { methods } from './0080-methods.ts';
import { imports } from './0090-imports.ts';
import { curation } from './0100-curation.ts';
import { privacy } from './0120-privacy.ts';
import { quality } from './0110-quality.ts';
import { versions } from './0130-versions.ts';
import { dataVersions } from './0150-data-versions.ts';
import { moderation } from './0160-moderation.ts';
import { comparisons } from './0170-comparisons.ts';
import { jobsMethod } from './0180-jobs-method.ts';
import { preferences } from './0200-preferences.ts';
import { outcomes } from './0210-outcomes.ts';
import { versionsMethod } from './0250-versions-method.ts';
import { generation } from './0260-generation.ts';

/** Every migration in order; a new one is added at the end with the next ten. */
export const migrations: readonly Migration[] = [
  foundation,
  datasets,
  providersEgress,
  jobsSchema,
  practice,
  evals,
  reports,
  methods,
  imports,
  curation,
  quality,
  privacy,
  versions,
  dataVersions,
  moderation,
  comparisons,
  jobsMethod,
  preferences,
  outcomes,
  versionsMethod,
  generation,
];
