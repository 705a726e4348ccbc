import { type Micros, roundQuotient, smallestUnit } from '../../../shared/money.ts';
import { scheduledFee } from '../../database/sql-functions.ts';

/** A fee by its schedule: a share in per cent, and a fixed sum a row; both in millionths. */
export interface AgreedFee {
  percent: Micros;
  fixed: Micros;
  currency: string;
}

const HUNDRED = 100_000_000n;

/**
 * The fees that the schedule gives, rounded as `statement.fee` does, where a row gives `net` alone: of the gross from which
 * they leave just that (rarely two neighbouring ones), and of the order's amount, where that is given. Where the order's
 * amount is such a gross, it is meant.
 */
export function feesOfNet(net: Micros, order: Micros | null, agreed: AgreedFee): { gross: Micros; fee: Micros }[] {
  const { percent, fixed, currency } = agreed;
  const of = (gross: Micros): { gross: Micros; fee: Micros }[] => {
    const fee = scheduledFee(gross, percent, fixed, currency);
    return fee === null || fee <= 0n ? [] : [{ gross, fee }];
  };
  const whole = order !== null && order > 0n ? of(order) : [];
  if (percent < 0n || percent >= HUNDRED || whole.some(({ gross, fee }) => gross - fee === net)) return whole;
  const near = roundQuotient((net + fixed) * HUNDRED, HUNDRED - percent, currency);
  const unit = smallestUnit(currency);
  const leaving = [near, near - unit, near + unit].flatMap(of).filter(({ gross, fee }) => gross - fee === net);
  return [...leaving, ...whole];
}
