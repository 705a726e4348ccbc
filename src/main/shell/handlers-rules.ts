import type { RULE_CALLS } from '../../shared/ipc/rule-calls.ts';
import type { HandlerParts } from './handler-parts.ts';
import type { CallHandlers } from './ipc-dispatch.ts';

/** Rules in force, calibration and explanations. */
export function ruleHandlers({ opened, settings }: HandlerParts): Pick<CallHandlers, keyof typeof RULE_CALLS> {
  return {
    'rules.get': () => opened.require().reader.rulesInForce(),
    'rules.set': (choice) => opened.require().rules.choose(choice),
    'rules.history': () => opened.require().reader.rulesHistory(),
    'rules.calibrate': ({ period }) => opened.require().reader.calibrate({ period, timeZone: settings.get().timeZone }),
    'findings.explain': (finding) => opened.require().reader.explainFinding(finding),
  };
}
