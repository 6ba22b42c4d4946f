import { addDays } from '../../../shared/base/time.ts'

const from = (first: string, days: number) =>
  Array.from({ length: days }, (_, n) => addDays(`2027-${first}`, n))

/** A 2027 as the State Council may announce it. It is made up: the lunar days are right, the exchanges are not. */
export const YEAR_2027 = {
  off: [
    ...from('01-01', 3),
    ...from('02-05', 7),
    ...from('04-03', 3),
    ...from('05-01', 5),
    ...from('06-09', 1),
    ...from('09-15', 1),
    ...from('10-01', 7),
  ],
  worked: ['2027-01-30', '2027-02-20', '2027-05-08', '2027-09-26', '2027-10-09'],
} as const
