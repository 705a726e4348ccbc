import { elementAt } from '../random.ts';
import { type PlantKind, plantKind } from './plant-kind.ts';

/** A state of OMS lines that Omnitron's list of statuses does not have (contract, section 11). */
const UNKNOWN_STATUS = '425';

/** What an order may say that no documentation knows. */
export const DATA_PLANTS: readonly PlantKind[] = [
  plantKind('data.unknown-status', (order, { variant }) => {
    if (variant % 2 === 0) elementAt(order.lines, variant).status = UNKNOWN_STATUS;
    else order.status = UNKNOWN_STATUS;
  }),
];
