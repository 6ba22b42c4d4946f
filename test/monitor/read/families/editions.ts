import { each, type FamilyPage, list, plain, T, trs } from './kit.ts'

/** Lists of other languages, and lists that a script holds. */
export const EDITION_PAGES: readonly FamilyPage[] = [
  list(
    'English edition: day, month by name, year',
    '2024-03-07',
    plain(
      `<div class="news">${[
        ['District opens new hospital', '07 Mar 2024'],
        ['Spring fair to run March 20-25', '28 Feb 2024'],
        ['Vision 2035 plan released', '11 Jan 2024'],
      ]
        .map(([t, d], n) => `<dl><dt><a href="/en/c${n}.htm">${t}</a></dt><dd>${d} | China Daily</dd></dl>`)
        .join('')}</div><footer>Copyright © 2024 Example District. Updated daily</footer>`,
      { title: 'News - Example District' },
    ),
  ),
  list(
    'English edition: Updated: month by name in full',
    '2024-03-05',
    plain(
      `<ul>${[
        ['Mayor meets overseas entrepreneurs', 'March 5, 2024'],
        ['Port throughput up 7%', 'February 19, 2024'],
      ]
        .map(([t, d], n) => `<li><h4><a href="/202403/0${n}/c_9.htm">${t}</a></h4><p>Updated: ${d}</p></li>`)
        .join('')}</ul>`,
    ),
  ),
  list(
    'traditional characters: 發佈日期 before each',
    '2024-03-06',
    plain(
      `<ul>${each(['2024年3月6日', '2024年2月21日', '2024年1月3日'], (d, _t, n) => `<li><a href="/big5/${n}.html">${['區政府召開常務會議', '關於公開徵求意見的公告', '春季森林防火命令'][n]}</a><p>發佈日期：${d}　　瀏覽次數：${2024 + n}</p></li>`)}</ul>`,
    ),
  ),
  list(
    'Uyghur edition: from right to left, titles without Han',
    '2024-03-09',
    plain(
      `<div dir="rtl"><ul>${['رايونلۇق ھۆكۈمەت يىغىن ئاچتى', 'ئەتىيازلىق تېرىلغۇ باشلاندى', 'مائارىپ خىزمىتى يىغىنى'].map((t, n) => `<li><a href="/uy/${n}.shtml">${t}</a><span>2024-0${n ? 2 : 3}-0${9 - n}</span></li>`).join('')}</ul></div>`,
    ),
  ),
  list(
    'Tibetan edition: date above each title',
    '2024-02-28',
    plain(
      `<div>${['ས་ཁུལ་སྲིད་གཞུང་གི་ཚོགས་འདུ།', 'སློབ་གསོའི་ལས་དོན།', 'ནགས་ཚལ་མེ་འགོག'].map((t, n) => `<div class="it"><em>2024/02/2${8 - n}</em><br><a href="/tb/${n}.html">${t}</a></div>`).join('')}</div>`,
    ),
  ),
  list(
    'Next.js: items in __NEXT_DATA__ and nothing else',
    '2024-03-12',
    plain(
      `<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">${JSON.stringify({
        props: {
          pageProps: {
            now: '2024-03-15T02:10:00Z',
            list: [
              { id: 9, title: T[0], publishTime: '2024-03-12 10:00:00', updateTime: '2024-03-14 18:00:00' },
              { id: 8, title: T[1], publishTime: '2024-03-01 10:00:00', updateTime: '2024-03-14 18:00:00' },
              { id: 7, title: T[3], publishTime: '2024-02-02 10:00:00', updateTime: '2024-03-14 18:00:00' },
            ],
          },
        },
        page: '/list',
        buildId: '20240315',
      })}</script>`,
    ),
  ),
  list(
    'Nuxt: a state in window, epoch milliseconds',
    '2024-03-01',
    plain(
      `<div id="__nuxt"></div><script>window.__INITIAL_STATE__={"channel":{"name":"通知公告","records":[{"docTitle":"${T[6]}","docPubTime":1709258400000,"docUrl":"/a/1.html"},{"docTitle":"${T[7]}","docPubTime":1708653600000,"docUrl":"/a/2.html"}],"serverTime":1710468000000}};(function(){})()</script>`,
    ),
  ),
  list(
    'HTML of the rows in a script string, written by document.write',
    '2024-03-03',
    trs(
      `<ul><script>var arr=new Array();${each(['2024-03-03', '2024-02-27', '2024-02-01'], (d, t, n) => `arr[${n}]="<li><a href='/c/${n}.html'>${t}</a><span>${d}</span></li>";`)}for(var i=0;i<arr.length;i++)document.write(arr[i]);</script></ul>`,
    ),
  ),
]
