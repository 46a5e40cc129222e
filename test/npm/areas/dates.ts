import { type Use, use } from '../use';

/** Moments, zones and calendars. */
export const dates: Use[] = [
  use('date-fns', 'import')`
    import { addMonths, differenceInCalendarDays, formatISO, intervalToDuration, parseISO } from 'date-fns';
    const start = parseISO('2024-01-31T00:00:00Z');
    export default [
      addMonths(start, 1),
      differenceInCalendarDays(parseISO('2024-03-01'), parseISO('2024-02-01')),
      formatISO(start, { representation: 'date' }),
      intervalToDuration({ start, end: parseISO('2025-03-02T04:00:00Z') }),
    ];
  `,
  use('date-fns', 'require')`
    const { format, formatDistance } = require('date-fns');
    const { de } = require('date-fns/locale/de');
    const day = new Date(2024, 1, 29);
    module.exports = [format(day, 'PPPP', { locale: de }), formatDistance(day, new Date(2024, 0, 1))];
  `,
  use('date-fns', 'import()')`
    export default import('date-fns/locale').then(async ({ fr, ja }) => {
      const { format } = await import('date-fns/format');
      return [fr, ja].map((locale) => format(new Date(2024, 6, 14), 'PPPP', { locale }));
    });
  `,
  use('@date-fns/tz', 'import')`
    import { TZDate, tzOffset } from '@date-fns/tz';
    import { addDays } from 'date-fns';
    export default [addDays(new TZDate(2024, 2, 30, 12, 'Europe/Berlin'), 1).toISOString(), tzOffset('Asia/Tokyo', new Date(0))];
  `,
  use('dayjs', 'require')`
    const dayjs = require('dayjs');
    dayjs.extend(require('dayjs/plugin/utc'));
    dayjs.extend(require('dayjs/plugin/advancedFormat'));
    dayjs.locale(require('dayjs/locale/fr'));
    module.exports = dayjs.utc('2024-02-29').add(1, 'year').format('dddd D MMMM YYYY [Q]Q');
  `,
  use('dayjs', 'import')`
    import dayjs from 'dayjs';
    import duration from 'dayjs/plugin/duration.js';
    dayjs.extend(duration);
    export default [dayjs.duration(90, 'minutes').toISOString(), dayjs('2024-05-05').diff('2024-04-05', 'month')];
  `,
  use('luxon', 'import')`
    import { DateTime, Duration, Interval } from 'luxon';
    const start = DateTime.fromISO('2024-03-10T01:30', { zone: 'America/New_York' });
    export default [
      start.plus({ hours: 1 }).toISO(),
      Duration.fromObject({ hours: 36 }).shiftTo('days', 'hours').toObject(),
      Interval.after(start, { days: 2 }).count('days'),
    ];
  `,
  use('luxon', 'require')`
    const { DateTime } = require('luxon');
    module.exports = DateTime.fromFormat('31 12 2023', 'dd MM yyyy', { zone: 'utc' }).setLocale('de').toFormat('cccc, WW');
  `,
  use('moment', 'require')`
    const moment = require('moment');
    require('moment/locale/es');
    module.exports = [
      moment.utc('2024-02-29').locale('es').format('LLLL'),
      moment.duration(3661, 'seconds').locale('en').humanize(),
      moment.utc('2024-01-31').add(1, 'month').toISOString(),
    ];
  `,
  use('moment', 'import')`
    import moment from 'moment';
    export default [moment.utc(0).format('YYYY [at] HH'), moment.utc('2024-W10-3').dayOfYear(), moment.isMoment({})];
  `,
  use('moment-timezone', 'require')`
    const moment = require('moment-timezone');
    module.exports = [moment.tz('2024-07-01 12:00', 'Australia/Sydney').format(), moment.tz.zone('Europe/Paris').abbr(0)];
  `,
  use('chrono-node', 'import')`
    import * as chrono from 'chrono-node';
    const [{ text, start }] = chrono.parse('see you next Friday at 5pm', new Date(Date.UTC(2024, 0, 1)));
    export default [text, start.get('weekday'), start.get('hour')];
  `,
  use('rrule', 'require')`
    const { RRule } = require('rrule');
    const rule = new RRule({ freq: RRule.WEEKLY, count: 3, byweekday: [RRule.MO], dtstart: new Date(Date.UTC(2024, 0, 1)) });
    module.exports = [rule.all(), rule.toText(), rule.toString()];
  `,
];
