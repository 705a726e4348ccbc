import {
  type Calibration,
  type Candidate,
  type Evidence,
  type ExplainedShare,
  FORMULA_PARTS,
  type FormulaPart,
} from '../../../shared/calibration.ts';
import { AppError } from '../../../shared/errors.ts';
import { formatCount } from '../../../shared/format.ts';
import { formulaText } from '../../../shared/rule-words.ts';
import type { VersionedRules } from '../../../shared/rules.ts';
import type { Connection } from '../../connections/connection.ts';
import { type CliContext, type Command, openConnection, periodOf } from '../context.ts';
import { counted, table } from '../table.ts';

const COLUMNS = [
  { heading: 'Formula' },
  { heading: 'Explains', right: true },
  { heading: 'Of orders that tell', right: true },
  { heading: '' },
];

const NAMES: Readonly<Record<FormulaPart, string>> = {
  discount: 'whether the discount is subtracted',
  interest: 'whether the installment interest is added',
  shippingInterest: 'whether the shipping interest is added',
  price: 'whether a merged line has the price of one unit',
};
const SAYS: Readonly<Record<Evidence, string>> = {
  told: 'the data tells',
  tied: 'both choices explain equally many orders',
  few: 'too few orders have one',
  none: 'no order has one',
};

/** `calibrate`: which formula the amounts of the orders follow; `--choose` puts the proposal in force. */
export const calibrate: Command = async (context) => {
  const period = periodOf(context);
  const connection = await openConnection(context, context.args.has('choose') ? 'write' : 'read');
  const found = await connection.reader.calibrate({ period, timeZone: context.settings.timeZone });
  const chosen = context.args.has('choose') ? await choose(context, connection, found) : null;
  return {
    json: { ...found, chosen },
    text: [...words(found), ...(chosen === null ? [] : ['', `Chosen as version ${chosen.version} of the rules.`])].join(
      '\n',
    ),
    needsPerson: false,
  };
};

async function choose(
  { args }: CliContext,
  { reader, rules }: Connection,
  found: Calibration,
): Promise<VersionedRules> {
  const best = found.candidates.find(({ proposed }) => proposed);
  if (best === undefined) {
    throw new AppError('VALUE_INVALID', 'There is no order to judge formulas by, so none was chosen. Sync first.');
  }
  const before = await reader.rulesInForce();
  const reason = args.value('reason') ?? `Calibrated: explains ${shareText(best.all)} orders`;
  return rules.choose({ rules: { ...before.rules, formula: best.formula }, reason });
}

/** `99.97 % of 12,345`. */
function shareText({ orders, percent }: ExplainedShare): string {
  return percent === null ? 'none' : `${percent} % of ${formatCount(orders, 'en')}`;
}

function words(found: Calibration): string[] {
  const { orders, notJudged, lines, linesWithQuantity, mergedLines, evidence } = found;
  const best = found.candidates.find(({ proposed }) => proposed);
  const unsure = FORMULA_PARTS.filter((part) => evidence[part] !== 'told');
  return [
    `${counted(orders, 'order')} judged, ${notJudged} could not be.`,
    `${counted(lines, 'line')}, ${linesWithQuantity} with a quantity, ${mergedLines} of more than one unit.`,
    ...quantityWords(found),
    '',
    ...table(COLUMNS, found.candidates.map(rowOf)),
    '',
    best === undefined
      ? 'Nothing to propose: there is no order to judge.'
      : `Proposed: ${formulaText(best.formula, 'en')}.`,
    ...unsure.map((part) => `Not decided by the data, ${NAMES[part]}: ${SAYS[evidence[part]]}.`),
  ];
}

/** Under which key the quantities are, whether what is held was read by it, and which others there are. */
function quantityWords({ lines, quantityKey: { inForce, heldBy, others } }: Calibration): string[] {
  const read = heldBy === null ? 'not all held orders were read with it' : `held orders were read with "${heldBy}"`;
  return [
    `The key of the quantity is "${inForce}"${lines === 0 || heldBy === inForce ? '.' : `; ${read}. Run a sync.`}`,
    ...(others.length === 0 ? [] : [`Other attributes with whole numbers: ${others.join(', ')}.`]),
  ];
}

function rowOf({ formula, all, telling, proposed, inForce }: Candidate): string[] {
  const marks = [...(proposed ? ['proposed'] : []), ...(inForce ? ['in force'] : [])].join(', ');
  return [formulaText(formula, 'en'), shareText(all), shareText(telling), marks];
}
