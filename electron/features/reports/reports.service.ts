import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { reportsContract } from '../../../shared/features/reports/reports.contract.ts';
import type { Report } from '../../../shared/features/reports/reports.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { DatasetReader, EvalReader, JobReader } from '../../core/feature-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { ChosenFiles } from '../../core/ports.ts';
import { reportPage } from './report.page.ts';
import { findReport, insertReport, listReports, type ReportRecord } from './reports.sql.ts';

type ReportsPorts = { jobs: JobReader; datasets: DatasetReader; evals: EvalReader; files: ChosenFiles };

/** Name of the folder for reports inside a workspace. */
const folderName = 'reports';

/** The reports feature: one HTML file per report, written whole or not at all. */
export function createReportsService(kit: Kit, ports: ReportsPorts): Handlers<typeof reportsContract> {
  kit.events.register('reports.write', () => {});
  const placeOf = (record: ReportRecord): string =>
    join(kit.workspace.require().folder, folderName, record.file);
  const toReport = ({ file: _file, ...record }: ReportRecord, path: string): Report => ({ ...record, path });
  return {
    async create({ jobId, evalId }) {
      const { page, title, isPractice, at } = compose(kit, ports, { jobId, evalId });
      const reportId = uuidv7();
      const file = `${fileStem(title, at)}-${reportId.slice(-6)}.html`;
      const path = join(kit.workspace.require().folder, folderName, file);
      const written = await kit.atomicFiles.write(path, page).catch(failedAt(path));
      const record: ReportRecord = {
        reportId,
        title,
        jobId,
        evalId,
        file,
        ...written,
        isPractice,
        createdAt: at,
      };
      await kit.workspace.require().write((db) => {
        insertReport(db, record);
        kit.events.append(db, {
          feature: 'reports',
          kind: 'reports.written',
          label: `write a report on “${title}”`,
          forward: { kind: 'reports.write', args: { reportId, sha256: written.sha256 } },
          inverse: null,
        });
      });
      kit.changes.emit('reports');
      return toReport(record, path);
    },
    async saveCopy({ reportId, destinationId }) {
      const record = requireReport(kit, reportId);
      const text = await readWritten(record, placeOf(record));
      const path = await copyPlace(kit, ports, { suggestedName: record.file, destinationId });
      if (path !== null) await kit.atomicFiles.write(path, text).catch(failedAt(path));
      return { path };
    },
    list({ jobId }) {
      const { db } = kit.workspace.require();
      return listReports(db, jobId).map((record) => toReport(record, placeOf(record)));
    },
    async open({ reportId }) {
      const record = requireReport(kit, reportId);
      const path = placeOf(record);
      await readWritten(record, path);
      if (!(await kit.opener.open(path))) throw notOpened(path);
      return {};
    },
  };
}

/** Where a copy goes: the place behind an id the user got, else what the system's dialog says. */
async function copyPlace(
  kit: Kit,
  ports: ReportsPorts,
  of: { suggestedName: string; destinationId: string | null },
): Promise<string | null> {
  if (of.destinationId !== null) return ports.files.requireDestination(of.destinationId).path;
  return kit.dialogs.saveFile({
    title: 'Save a copy of the report',
    extensions: ['html'],
    suggestedName: of.suggestedName,
  });
}

function compose(kit: Kit, ports: ReportsPorts, of: { jobId: string; evalId: string | null }) {
  const at = kit.clock.now();
  const job = ports.jobs.facts(of.jobId);
  const evaluation = of.evalId === null ? null : ports.evals.facts(of.evalId);
  if (evaluation && evaluation.jobId !== of.jobId) throw otherJob();
  const dataset = ports.datasets.facts(job.datasetId);
  const page = reportPage({ job, dataset, evaluation }, at);
  return { page, title: job.name, isPractice: job.providerKind === 'practice', at };
}

/** `ticket-triage-2026-11-20`: letters and digits only, so that it is a file name everywhere. */
function fileStem(title: string, at: number): string {
  const plain = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48);
  return `${plain.replace(/^-+|-+$/g, '') || 'report'}-${new Date(at).toISOString().slice(0, 10)}`;
}

function requireReport(kit: Kit, reportId: string): ReportRecord {
  const record = findReport(kit.workspace.require().db, reportId);
  if (record) return record;
  throw new AppFailure('REPORT_FAILED', {
    what: 'This report is not in the open workspace.',
    todo: 'Choose one from the list of reports, or write a new one.',
    retry: 'never',
  });
}

/** The file as it was written; refuses one that is gone or was changed since. */
async function readWritten(record: ReportRecord, path: string): Promise<string> {
  const bytes = await readFile(path).catch(() => null);
  const found = bytes && createHash('sha256').update(bytes).digest('hex');
  if (bytes && found === record.sha256) return bytes.toString('utf8');
  throw new AppFailure('REPORT_FAILED', {
    what: bytes ? 'This report was changed after it was written.' : 'The file of this report is gone.',
    where: { file: basename(path) },
    todo: 'Write the report again.',
    retry: 'never',
  });
}

function failedAt(path: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof AppFailure) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const reasons: Readonly<Record<string, string>> = {
      ENOSPC: 'the disk is full',
      EDQUOT: 'the disk quota is used up',
      EACCES: 'this folder may not be written to',
      EPERM: 'this folder may not be written to',
      EROFS: 'this disk is read-only',
      ENOENT: 'the folder does not exist',
    };
    throw new AppFailure('REPORT_FAILED', {
      what: `The report could not be written: ${reasons[code] ?? `the system said ${code}`}.`,
      where: { file: basename(path) },
      todo: 'Make room or choose another place, then write it again.',
      retry: 'now',
    });
  };
}

function notOpened(path: string): AppFailure {
  return new AppFailure('REPORT_FAILED', {
    what: 'This system has no program that opens the report.',
    where: { file: basename(path) },
    todo: `Open this file in a browser: ${path}`,
    retry: 'never',
  });
}

function otherJob(): AppFailure {
  return new AppFailure('EVAL_NOT_FOUND', {
    what: 'This evaluation belongs to another training run.',
    todo: 'Choose an evaluation of this run.',
    retry: 'never',
  });
}
