import { each, type FamilyPage, list, plain } from './kit.ts'

/** Ways of writing 8 March, 27 February and 11 January 2024 in a row of a list; each in the manner of one tool. */
const WAYS: readonly (readonly [name: string, dates: readonly [string, string, string]])[] = [
  ['WordPress in Chinese', ['3月 8, 2024', '2月 27, 2024', '1月 11, 2024']],
  ['Joomla in Chinese', ['08 三月 2024', '27 二月 2024', '11 一月 2024']],
  [
    'Drupal: weekday, slashes, hours',
    ['周五, 03/08/2024 - 10:20', '周二, 02/27/2024 - 09:11', '周四, 01/11/2024 - 16:00'],
  ],
  ['a weekday in brackets glued to it', ['2024-03-08(五)', '2024-02-27(二)', '2024-01-11(四)']],
  ['characters with spaces between', ['2024 年 3 月 8 日', '2024 年 2 月 27 日', '2024 年 1 月 11 日']],
  ['no 日 at the end', ['2024年03月08', '2024年02月27', '2024年01月11']],
  ['long dashes', ['2024—03—08', '2024—02—27', '2024—01—11']],
  [
    'short dashes as entities',
    ['2024&ndash;03&ndash;08', '2024&ndash;02&ndash;27', '2024&ndash;01&ndash;11'],
  ],
  ['an apostrophe for the century', ["'24.03.08", "'24.02.27", "'24.01.11"]],
  ['middle dots', ['2024·03·08', '2024·02·27', '2024·01·11']],
  ['spaces around dashes', ['2024 - 03 - 08', '2024 - 02 - 27', '2024 - 01 - 11']],
  [
    'ISO with a zone',
    ['2024-03-08T09:30:00.000+0800', '2024-02-27T09:30:00.000+0800', '2024-01-11T09:30:00.000+0800'],
  ],
  [
    'characters as numeric entities',
    ['2024&#24180;3&#26376;8&#26085;', '2024&#24180;2&#26376;27&#26085;', '2024&#24180;1&#26376;11&#26085;'],
  ],
  [
    'text cut by empty comments, as React sends it',
    [
      '2024<!-- -->-<!-- -->03<!-- -->-<!-- -->08',
      '2024<!-- -->-<!-- -->02<!-- -->-<!-- -->27',
      '2024<!-- -->-<!-- -->01<!-- -->-<!-- -->11',
    ],
  ],
  [
    'dashes in elements of their own',
    ['2024<i>-</i>03<i>-</i>08', '2024<i>-</i>02<i>-</i>27', '2024<i>-</i>01<i>-</i>11'],
  ],
  [
    'in two font tags',
    [
      '<font>2024-</font><font>03-08</font>',
      '<font>2024-</font><font>02-27</font>',
      '<font>2024-</font><font>01-11</font>',
    ],
  ],
  ['a break after the year', ['2024年<br>3月8日', '2024年<br>2月27日', '2024年<br>1月11日']],
  [
    'soft hyphens and marks without width',
    ['2024-\u200b03-\u200b08', '2024-\u200b02-\u200b27', '2024-\u200b01-\u200b11'],
  ],
  ['a label in English', ['Date: 2024-03-08', 'Date: 2024-02-27', 'Date: 2024-01-11']],
  [
    'a label in traditional characters',
    ['發布時間：2024/03/08', '發布時間：2024/02/27', '發布時間：2024/01/11'],
  ],
  ['two-digit year with dots', ['24.03.08', '24.02.27', '24.01.11']],
  ['two-digit year with slashes', ['24/03/08', '24/02/27', '24/01/11']],
  ['month by name short and day, no year', ['Mar 08', 'Feb 27', 'Jan 11']],
  ['ordinal days', ['March 8th, 2024', 'February 27th, 2024', 'January 11th, 2024']],
  ['day, dashes, month by name', ['08-Mar-2024', '27-Feb-2024', '11-Jan-2024']],
  [
    'as a database with nanoseconds',
    ['2024-03-08 10:20:31.0000000', '2024-02-27 10:20:31.0000000', '2024-01-11 10:20:31.0000000'],
  ],
  ['ASP in English', ['3/8/2024 10:20:31 AM', '2/27/2024 10:20:31 AM', '1/11/2024 10:20:31 AM']],
  ['上午 before the hour', ['2024/3/8 上午 10:20:31', '2024/2/27 下午 02:20:31', '2024/1/11 上午 10:20:31']],
  [
    'a tag of time',
    [
      '<time datetime="2024-03-08">3月8日</time>',
      '<time datetime="2024-02-27">2月27日</time>',
      '<time datetime="2024-01-11">1月11日</time>',
    ],
  ],
]

export const DATE_PAGES: readonly FamilyPage[] = WAYS.flatMap(([name, dates]) => [
  list(
    `days as ${name}, right of the titles`,
    '2024-03-08',
    plain(
      `<ul>${each(dates, (d, t, n) => `<li><a href="/n/${n}.html">${t}</a><span>${d}</span></li>`)}</ul>`,
    ),
  ),
  list(
    `days as ${name}, above the titles`,
    '2024-03-08',
    plain(
      each(
        dates,
        (d, t, n) => `<div class="item"><p class="d">${d}</p><h3><a href="/n/${n}.html">${t}</a></h3></div>`,
      ),
    ),
  ),
])
