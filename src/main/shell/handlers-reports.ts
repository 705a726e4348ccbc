import { defaultReportName } from '../reports/report-name.ts';
import type { HandlerParts } from './handler-parts.ts';
import type { CallHandlers } from './ipc-dispatch.ts';

type ReportCalls = Pick<CallHandlers, 'reports.export' | 'reports.cancel' | 'reports.reveal'>;

/** Writing reports where the person says, and showing them. */
export function reportHandlers(parts: HandlerParts): ReportCalls {
  const { opened, settings, work, events, desktop, written, clock } = parts;
  return {
    'reports.export': async (request) => {
      const connection = opened.require();
      const { period, format } = request;
      const name = defaultReportName({
        connection: connection.name,
        period,
        format,
        timeZone: settings.get().timeZone,
        nowMs: clock.now(),
      });
      const path = await desktop.askWhereToSave(name, format);
      if (path === null) return null;
      const onProgress = (rows: number, total: number): void => events.send({ type: 'report.progress', rows, total });
      try {
        const result = await work.run('report', (signal) =>
          connection.report(request, { path, nowMs: clock.now(), signal, onProgress }),
        );
        written.add(result.path);
        return result;
      } finally {
        events.flush();
      }
    },
    'reports.cancel': () => {
      work.cancel('report');
      return null;
    },
    'reports.reveal': ({ path }) => {
      desktop.reveal(written.require(path));
      return null;
    },
  };
}
