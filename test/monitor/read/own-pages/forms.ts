import { article, days, H1, home, listed, type OwnPage, P, page, TITLES } from './kit.ts'

/** Every form in which a date is written; each list holds one older date besides. */
export const FORMS: OwnPage[] = [
  listed('YYYY-MM-DD', 'trs', days('2021-01-06', '2020-12-30'), '2021-01-06'),
  listed(
    'YYYY-MM-DD HH:MM:SS',
    'siteserver',
    days('2021-01-06 09:12:33', '2020-12-30 10:00:01'),
    '2021-01-06',
  ),
  listed('YYYY年M月D日', 'jcms', days('2021年1月6日', '2020年12月30日'), '2021-01-06'),
  listed(
    '[YYYY-MM-DD] in an element of its own',
    'siteserver',
    days('2021-01-06', '2021-01-04'),
    '2021-01-06',
  ),
  listed('(YYYY-MM-DD)', 'asp', days('2021-01-05', '2020-11-30'), '2021-01-05'),
  {
    name: 'a date in brackets glued to the title',
    kind: 'list',
    gold: '2020-08-20',
    html: page(
      ['2020-08-20', '2020-08-11', '2020-07-01']
        .map((date, i) => `<h3><a href="/c/${i}.html">${TITLES[i]}(${date})</a></h3>`)
        .join(''),
    ),
  },
  listed('MM-DD', 'trs', days('01-08', '01-05', '12-29'), '2021-01-08'),
  listed('[MM-DD]', 'siteserver', days('01-07', '12-30'), '2021-01-07'),
  listed('(MM-DD)', 'asp', days('01-06', '12-31'), '2021-01-06'),
  {
    name: '[MM-DD] and title in one text',
    kind: 'list',
    gold: '2021-01-09',
    html: page(
      `<ul>${['01-09', '01-05', '12-30'].map((date, i) => `<li><a href="/p/${i}.html">[${date}] ${TITLES[i]}</a></li>`).join('')}</ul>`,
    ),
  },
  listed('MM/DD', 'gkmlpt', days('01/07', '12/30'), '2021-01-07'),
  listed('YY-MM-DD', 'asp', days('21-01-05', '20-12-13'), '2021-01-05'),
  home(
    'YY年MM月DD日 in the title attribute',
    `<ul>${['21年01月03日', '20年12月22日'].map((d, i) => `<li><a href="/n/${i}.html" title="标题：${TITLES[i]} 发表时间：${d}">${TITLES[i]}</a></li>`).join('')}</ul>`,
    '2021-01-03',
  ),
  home(
    'YYYY/M/D H:MM:SS only in the title attribute',
    `<ul>${['2021/1/2 12:20:00', '2020/12/9 9:01:11'].map((d, i) => `<li><a href="/n/${i}.html" title="更新时间：${d}">${TITLES[i]}</a></li>`).join('')}</ul>`,
    '2021-01-02',
  ),
  home(
    'day and year-month in two elements',
    [
      ['23', '2020-12'],
      ['05', '2020-11'],
    ]
      .map(
        ([d, m], i) =>
          `<div class="item"><div class="date"><b>${d}</b><i>${m}</i></div><a href="/x/${i}.html">${TITLES[i]}</a></div>`,
      )
      .join(''),
    '2020-12-23',
  ),
  listed('YYYY.MM.DD', 'jcms', days('2021.01.06', '2020.12.30'), '2021-01-06'),
  listed('YYYY-MM-D', 'dede', days('2021-01-5', '2020-12-8'), '2021-01-05'),
  article(
    '时间：YYYY年MM月DD日 HH:MM】',
    `${H1}<div>【来源：本街道 时间：2021年01月04日 23:03】</div>${P}`,
    '2021-01-04',
  ),
  article(
    '发布时间 glued to the readers',
    `${H1}<p class="info">【字体：大 中 小】 发布时间：2021-01-06阅读次数：12 】</p>${P}`,
    '2021-01-06',
  ),
  listed('昨天 and N小时前', 'gkmlpt', days('3小时前', '昨天', '2021-01-02'), '2021-01-10'),
]

/** Addresses that say the year. */
export const ADDRESSES: OwnPage[] = [
  '/tzgg/202012/t20201230_11.html',
  '/tzgg/202012/11.html',
  '/tzgg/2020-12-30/11.html',
  '/tzgg/20201230/1f0c-22ab.html',
  '/2020/1230/11.html',
  '/art/2020/12/30/art_1_11.html',
  '/c/2020-12-30/11.shtml',
  '/staticpages/20201230/11.shtml',
  '/html/1609315200000958.html',
].map((href) => ({
  ...listed(`a month-day with the address ${href}`, 'trs', [[href, '12-30']], '2020-12-30'),
  kind: 'home' as const,
}))
