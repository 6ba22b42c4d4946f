/* Pages that cost rules more than their length, unless these are careful. */

const many = (unit: string, bytes = 3_000_000) => unit.repeat(Math.floor(bytes / Buffer.byteLength(unit)))

/** By name: the text of a page. */
export const STRANGE_PAGES: Readonly<Record<string, () => string>> = {
  'telephones on one line': () => `<p>${many('李丽13800138000，')}`,
  'telephones in one row': () => `<table><tr>${many('<td>13800138000</td><td>李丽</td>')}`,
  'cards within cards': () => `<p>${many('4 2 ')}`,
  'names on one line': () => `<p>13800138000${many('王丽、李强、')}`,
  'hidden links': () =>
    `<div style="display:none">${Array.from({ length: 30_000 }, (_, n) => `<a href="http://a${n}.com/">博彩 澳门 ${n}</a>`).join('')}`,
  'links that nobody sees': () =>
    Array.from({ length: 60_000 }, (_, n) => `<a href="http://a${n}.com/"></a>`).join(''),
  'sheets of steps': () =>
    `<style>${many('.a .b .c .d .e .f{display:none}', 380_000)}</style>${many('<div class="a b c d e f">', 1_000_000)}`,
  'a style of blanks': () => `<p style="top:1${' '.repeat(2_900_000)}x">`,
  'a sheet of blanks': () => `<style>a{top:1${'\t'.repeat(390_000)}x}</style>`,
  'sheets of everything': () => `<style>${many('*{opacity:1}', 40_000)}</style>${many('<b></b>', 500_000)}`,
  'scripts that hide': () => `<script>${many('getElementById("a").style.display="none";')}</script>`,
  'scripts that write': () => `<script>${many(`document.write('<a href="http://a.com/">b</a>'+'`)}</script>`,
  'scripts that write half': () => `<script>${many('document.write("')}</script>`,
  'scripts in code': () => `<script>${many("unescape('%u4e00%20")}</script>`,
  'scripts that look who comes': () => `<script>${many('navigator.userAgent referrer ')}</script>`,
  'titles of bad words': () => `<title>${many('b e t 3 6 5 ', 500_000)}</title>`,
  'words spoken against': () => `<title>${many('打击赌博', 500_000)}</title>`,
  'labels of guides': () => many('<p>办理条件：</p><p>申请材料：</p><p>办理流程：</p>'),
  'labels of guides on one line': () => `<p>${many('办理条件：申请材料：')}`,
  'values of guides': () => many(`<p>办理条件：${'. '.repeat(100_000)}x</p>`),
  'numbers of guides': () => `<p>${many('（一）、')}`,
  'dates of publication': () => `<p>${many('发布日期：3月9日 ')}`,
  'wrong words': () => `<p>${many('政府工作会议')}`,
  'wrong words apart': () => `<p>${many('政 府 工 作 ')}`,
  'parts by plain HTTP': () => Array.from({ length: 50_000 }, (_, n) => `<img src="http://a/${n}">`).join(''),
  'forms of forms': () => many('<form action="/s"><input name="q"><input type=submit value="搜索">'),
  'links of question marks': () => many(`<a href="/1?${'?'.repeat(1_900)}">${'?1'.repeat(1_000)}</a>`),
  'links of encoded letters': () => many(`<a href="/1?${'%41'.repeat(640)}">1${'%41'.repeat(640)}</a>`),
  'metas without end': () => many('<meta name="description" content="赌博">'),
}
