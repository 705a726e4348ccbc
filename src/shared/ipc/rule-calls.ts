import { z } from 'zod';
import { calibration } from '../calibration.ts';
import { explanation } from '../explanations.ts';
import { checkCode } from '../findings.ts';
import { periodSchema } from '../primitives.ts';
import { chosenRules, ruleReason, rulesSchema, versionedRules } from '../rules.ts';

const nothing = z.undefined();

/** Rules in force, calibration and explanations. */
export const RULE_CALLS = {
  'rules.get': { request: nothing, response: versionedRules },
  /** Puts rules in force as a new version and runs the checks by them; null takes the choice back. */
  'rules.set': {
    request: z.strictObject({ rules: rulesSchema.nullable(), reason: ruleReason }),
    response: versionedRules,
  },
  /** Every version that was chosen, the newest first. */
  'rules.history': { request: nothing, response: z.array(chosenRules).max(1_000) },
  /** Tries every formula for an order's amount on the orders of a period. */
  'rules.calibrate': { request: z.strictObject({ period: periodSchema }), response: calibration },
  /** What may make up a finding's difference; null = it has none, or nothing small does. */
  'findings.explain': {
    request: z.strictObject({ check: checkCode, subject: z.number().int().nonnegative() }),
    response: explanation.nullable(),
  },
} as const;
