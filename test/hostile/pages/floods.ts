/* Pages that cost little to send and much to read: one thing again and again, in three megabytes at most. */

const MB = 1_000_000
const ITEM = '<li><a href="/a/t20260309_1.html">关于开展检查工作的通知</a><span>2026-03-09</span></li>'

/** `unit` again and again, up to so many bytes in UTF-8, after the beginning of a page. */
function flood(unit: string, bytes = 3 * MB): string {
  return `<html><body>${unit.repeat(Math.ceil(bytes / Buffer.byteLength(unit)))}`
}

/** By name: the text of a page. */
export const FLOODS: { readonly [name: string]: () => string } = {
  '300,000 links without an address': () => flood('<a>', 900_000).padEnd(3 * MB, 'x'),
  '300,000 links': () => flood('<a href=1>', 3 * MB),
  'closed links': () => flood('<a href=/1>通知公告</a>'),
  'distinct ways in': () =>
    `<html>${Array.from({ length: 90_000 }, (_, i) => `<a href=/list/${i}/>要闻${i}</a>`).join('')}`,
  'U+0000 after every character': () => flood('关\0'),
  'dated items': () => flood(ITEM),
  'distinct dated items': () =>
    `<ul>${Array.from({ length: 27_000 }, (_, i) => ITEM.replace('_1', `_${i}`).replace('开展', String(i))).join('')}`,
  '60,000 open rows': () => flood('<tr><td>2026-03-09<td><a href=1>关于开展检查工作的通知', 3 * MB),
  'open rows and nothing else': () => flood('<tr>', 240_000),
  'cells without rows': () => flood('<table><tr><td>日期'),
  'elements never closed': () => flood('<div><b><a href=x>关于开展检查工作的通知<span>2026-01-01'),
  nesting: () => flood('<b>'),
  'nesting of lists': () => flood('<ul><li>'),
  'ends without beginnings': () => flood('<div><p></x>'),
  'one giant attribute': () => `<html><a title="${'2026-03-09 '.repeat(270_000)}">x</a>`,
  'one giant attribute of signs': () =>
    `<p title="${'&<'.repeat(1_400_000)}" class="${'<'.repeat(99_000)}">x`,
  'an attribute without end': () => flood('<a title="2026-03-09 '),
  'elements of a thousand attributes': () =>
    flood(`<p ${Array.from({ length: 1_000 }, (_, i) => `a${i}=1`).join(' ')}>`),
  'attributes full of dates': () => flood('<p title="2026-03-09 2026-03-09 2026-03-09">'),
  'one giant comment': () => `<html><!--${ITEM.repeat(40_000)}-->`,
  'comments of lists': () => flood(`<!--${ITEM}-->`),
  'a long list in a comment': () => `<ul><!--${ITEM.repeat(30_000)}--></ul>`,
  'comments that never end': () => flood('<!--'),
  'one text of dates': () => flood('2026-03-09 '),
  'years and dashes': () => flood('2020-'),
  'dates without end': () => flood('2020-1-'),
  'one text of figures': () => flood('1'),
  'figures and points': () => flood('1.1.'),
  'one text of blanks': () => flood(' '),
  'blanks and letters': () => flood(`${' '.repeat(50_000)}x`),
  'one text of line feeds': () => flood('\n'),
  'a text of Han': () => flood('一二〇年月日'),
  'english dates': () => flood('January 1, '),
  entities: () => flood('&amp;'),
  'numeric entities': () => flood('&#20013;'),
  'broken entities': () => flood('&'),
  'long broken entities': () => flood('&aaaaaaaaaaaaaaaaaaaaaaaaaaaaa'),
  'bases and metas': () => flood('<base href="/x/"><meta name="pubdate" content="2026-03-09">'),
  'a refresh of blanks': () => `<meta http-equiv=refresh content="0;url=${' '.repeat(2_900_000)}">`,
  refreshes: () => flood('<meta http-equiv=refresh content="0;url=/x">'),
  'hidden fields': () => flood('<input type=hidden name=pubdate value=2026-03-09>'),
  'frames and inner frames': () => flood('<iframe src=/i></iframe><frame src=/f>'),
  'JSON in a script': () =>
    `<script>var d=[${'{"title":"关于开展工作的通知","url":"/1","pubDate":"2026-03-09"},'.repeat(45_000)}]</script>`,
  'a script of braces': () => `<script>${'{'.repeat(3 * MB)}</script>`,
  'a script of names': () => `<script>${'pubDate:"'.repeat(300_000)}</script>`,
  'a script of titles': () =>
    `<script>${'title:"通知公告关于",'.repeat(100_000)}pubDate:"2026-03-09"</script>`,
  'a script of ends': () => `<script>${'</scrip'.repeat(400_000)}`,
  'scripts that ask': () => flood('<script>$.ajax({url:"/l"})</script>'),
  'scripts that write dates': () => flood('<script>document.write("2026-03-09")</script>'),
  'script floods of dates': () => `<script>${'"2026-03-09",'.repeat(230_000)}document.write(1)</script>`,
  styles: () => flood('<style>a{b:url(x)}</style>'),
  'one giant style': () => `<style>${'a{b:url(x)} '.repeat(250_000)}</style>`,
  'a style of braces': () => `<style>${'{'.repeat(3 * MB)}</style>`,
  'a style of comments': () => `<style>${'/*'.repeat(1_500_000)}</style>`,
  'style attributes': () => flood('<p style="a:b;c:d;e:url(x)">x</p>'),
  'one giant style attribute': () => `<p style="${'\\75 a:b;'.repeat(370_000)}">`,
  'data pictures': () => flood(`<img src="data:image/png;base64,${'A'.repeat(100_000)}!">`),
  headings: () => flood('<h1>某某县人民政府</h1>'),
  'names and lists': () =>
    flood('<h3>工作动态</h3><ul><li><a href="/gzdt/1.html">关于做好工作的通知</a></ul>'),
  tabs: () => flood('<span class=tab><a href=/x/>工作动态</a></span>'),
  'one giant title': () => `<title>${'通知'.repeat(500_000)}</title>${ITEM.repeat(20)}`,
  'one giant link text': () => `<a href=1>${'通知'.repeat(500_000)}</a>`,
  'many short lines': () => flood('<br>x'),
  'less-than signs': () => flood('<'),
  'a choice without end': () => flood('<option value=http://a.b/1>'),
  clocks: () => flood('<p>今天是2026年3月9日 星期一'),
  labels: () => flood('<td>发布时间：</td><td>2026-03-09</td>'),
  'month-days': () => flood('<li><a href=1>关于开展检查工作的通知</a><span>03-09</span></li>'),
  'parts of dates': () => flood('<b>23</b><i>2020-12</i>'),
  periods: () => flood('2026-01-01至2026-02-02、'),
  'surrogates and signs': () => flood('😀𠮷'),
  'open svg': () => flood('<svg><a href=1>x'),
  'open tables in cells': () => flood('<table><td>'),
}
