/*
 * Makes the pictures of the demo: pages of no site, said to be so on each of them, with outlined what a picture of a real one would
 * be about: `CHROMIUM_PATH=… node server/demo/make-pictures.mjs`. Days are left out (××): a picture is older than what it is shown for.
 */
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const WIDTH = 960
const QUALITY = 45
const DAY = '××-××'

const STYLE = `
* { box-sizing: border-box; } body { width: ${WIDTH}px; margin: 0; color: #333; background: #f3f5f8; font: 14px/1.7 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
ul { margin: 0; padding: 0; list-style: none; } h2, h3, p { margin: 0; } .w { width: 900px; margin: 0 auto; }
.top { height: 30px; color: #777; background: #fff; border-bottom: 1px solid #e3e6eb; font-size: 12px; line-height: 30px; } .top .w { display: flex; justify-content: space-between; }
.banner { position: relative; height: 116px; color: #fff; background: linear-gradient(100deg, #0f4c8a, #2b7cc4 60%, #7fb6e0); overflow: hidden; }
.banner svg { position: absolute; right: 0; bottom: 0; } .banner .w { position: relative; display: flex; align-items: center; height: 100%; gap: 16px; }
.seal { display: grid; place-items: center; width: 62px; height: 62px; border: 3px solid #fff; border-radius: 50%; font-size: 22px; font-weight: 700; }
.name b { display: block; font: 700 31px/1.3 "Noto Serif CJK SC", serif; letter-spacing: 2px; } .name i { font-style: normal; font-size: 12px; letter-spacing: 1px; opacity: .85; }
.made { margin-left: auto; padding: 4px 12px; color: #8a1f11; background: #fff3cd; border-radius: 3px; font-size: 15px; font-weight: 700; }
nav { background: #0f4c8a; } nav ul { display: flex; } nav li { flex: 1; height: 42px; color: #fff; font-size: 16px; line-height: 42px; text-align: center; } nav .on { background: #2b7cc4; }
.find { display: flex; gap: 12px; align-items: center; height: 50px; color: #888; font-size: 12px; } .find span { width: 330px; height: 30px; padding: 0 10px; background: #fff; border: 1px solid #2b7cc4; line-height: 28px; } .find b { margin-left: -12px; padding: 0 18px; color: #fff; background: #2b7cc4; font-weight: 400; line-height: 30px; }
.card { padding: 14px 18px; background: #fff; border: 1px solid #e3e6eb; }
.card > h2 { display: flex; gap: 22px; margin-bottom: 8px; padding-bottom: 6px; border-bottom: 1px solid #e3e6eb; font-size: 16px; line-height: 1.4; } h2 em { font-style: normal; font-weight: 400; color: #777; } h2 b { padding-bottom: 6px; margin-bottom: -7px; color: #0f4c8a; border-bottom: 3px solid #0f4c8a; } h2 small { margin-left: auto; color: #999; font-size: 12px; font-weight: 400; }
.news li { display: flex; gap: 12px; height: 31px; line-height: 31px; } .news li::before { content: ""; flex: none; align-self: center; width: 4px; height: 4px; background: #2b7cc4; } .news a { flex: 1; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; } .news time { color: #999; font-size: 12px; }
.two { display: grid; grid-template-columns: 400px minmax(0, 1fr); gap: 14px; margin-bottom: 14px; } .photo { position: relative; height: 268px; background: linear-gradient(#bcdcf2, #eaf4fb 55%, #9cc39a 56%, #6f9f73); overflow: hidden; } .photo p { position: absolute; inset: auto 0 0; padding: 6px 12px; color: #fff; background: rgb(0 0 0 / .55); }
.ask { display: grid; grid-template-columns: repeat(6, 1fr); gap: 12px; margin-bottom: 14px; } .ask li { padding: 14px 0 10px; background: #fff; border: 1px solid #e3e6eb; text-align: center; font-size: 13px; } .ask i { display: block; width: 30px; height: 30px; margin: 0 auto 6px; border-radius: 8px; background: #2b7cc4; }
.where { padding: 12px 0 8px; color: #777; font-size: 13px; } .page { display: grid; grid-template-columns: 190px minmax(0, 1fr); gap: 14px; margin-bottom: 14px; align-items: start; }
.side { background: #fff; border: 1px solid #e3e6eb; } .side b { display: block; padding: 8px 16px; color: #fff; background: #0f4c8a; font-size: 16px; } .side li { padding: 8px 16px; border-top: 1px solid #eef0f3; } .side .on { color: #0f4c8a; background: #eaf2fa; font-weight: 700; }
.empty { display: grid; place-items: center; height: 260px; color: #999; } .empty span { padding: 6px 18px; }
table { width: 100%; border-collapse: collapse; } th, td { padding: 7px 10px; border: 1px solid #dfe4ea; text-align: left; font-weight: 400; } th { width: 132px; color: #555; background: #f5f8fb; } .rows th { width: auto; } .ok { color: #2c7a3f; } .no { color: #c0392b; }
article h1 { margin: 6px 0 10px; font-size: 23px; line-height: 1.5; text-align: center; } article .of { padding-bottom: 10px; margin-bottom: 12px; color: #999; border-bottom: 1px dashed #d5dae1; font-size: 12px; text-align: center; } article p { text-indent: 2em; margin-bottom: 6px; } .file { display: inline-block; padding: 2px 6px; color: #0f4c8a; }
.people { display: grid; grid-template-columns: repeat(3, 1fr); gap: 14px; } .people li { display: flex; gap: 12px; padding: 12px; border: 1px solid #e3e6eb; line-height: 1.6; } .people i { flex: none; width: 58px; height: 76px; background: radial-gradient(circle at 50% 34%, #b7c2cf 0 15px, transparent 16px), radial-gradient(circle at 50% 100%, #b7c2cf 0 30px, transparent 31px), #e6ebf1; }
footer { padding: 16px 0 18px; color: #666; background: #fff; border-top: 3px solid #0f4c8a; font-size: 12px; text-align: center; } footer p + p { margin-top: 2px; }
.mark { outline: 3px solid #d02c2c; outline-offset: 2px; }
.bare { padding-top: 60px; background: #fff; text-align: center; font-family: Tahoma, Verdana, Arial, sans-serif; } .bare h1 { font-size: 32px; } .bare hr { width: 96%; border: 0; border-top: 1px solid #bbb; } .bare .made { display: inline-block; margin: 150px 0 40px; }
`
const MADE = '<span class="made">示意图，并非真实网站</span>'
const SKYLINE = `<svg width="470" height="92" viewBox="0 0 470 92" fill="#fff" opacity=".28"><path d="M0 92V70h26V48h22v22h20V36h30v34h16V56h24v36zM150 92V26h8l7-22 7 22h8v66zM196 92V58h30V40h26v52zM262 92V66h22V30h34v36h14v26zM344 92V52h26V20h12v32h24v40zM418 92V60h28V44h24v48z"/></svg>`
const HILLS = `<svg width="400" height="268" viewBox="0 0 400 268"><path d="M0 168 80 104l56 44 70-72 88 88 46-34 60 46v24H0z" fill="#8fb4c9"/><path d="M54 214V132h54v82zM122 214v-58h40v58zM176 214V96h16l12-30 12 30h16v118zM248 214v-70h46v70zM306 214v-92h36v92z" fill="#f4f7fa" stroke="#9fb3c4"/><path d="M0 214q100-20 200 0t200 0v54H0z" fill="#6fa4c8"/></svg>`

const NAV = ['首页', '新闻中心', '政务公开', '办事服务', '互动交流', '专题专栏']
const top = (on) => `
<div class="top"><div class="w"><span>欢迎访问演示区人民政府网站</span><span>无障碍浏览　长者模式　简体 | 繁体</span></div></div>
<div class="banner">${SKYLINE}<div class="w"><span class="seal">演示</span><span class="name"><b>演示区人民政府网站</b><i>YANSHI DISTRICT PEOPLE'S GOVERNMENT</i></span>${MADE}</div></div>
<nav><ul class="w">${NAV.map((name) => `<li${name === on ? ' class="on"' : ''}>${name}</li>`).join('')}</ul></nav>`
const FOOT = `<footer><p>网站地图　|　关于我们　|　联系我们　|　隐私声明</p>
<p>主办单位：演示区人民政府办公室　　承办单位：演示区政务服务和数据管理局　　联系电话：（略）</p>
<p>网站标识码：44××××××××　　粤ICP备××××××××号　　粤公网安备××××××××××××××号</p></footer>`

const NEWS = [
  '区政府召开常务会议研究部署下阶段重点工作',
  '我区举办“政务开放日”活动 邀请市民走进办事大厅',
  '全区安全生产大检查启动 重点排查七类场所',
  '老旧小区加装电梯新增 36 台 惠及居民千余户',
  '区图书馆延长开放时间 新增夜间阅览座位',
  '“一网通办”再添 12 个事项 全程网上可办',
  '我区三所学校入选市级智慧校园示范名单',
  '河涌整治见成效 碧道二期向市民开放',
]
const NOTICES = [
  '关于公布本年度一般性企业检查事项的通告',
  '关于组织申报科技型中小企业扶持资金的通知',
  '区属事业单位公开招聘工作人员公告',
  '关于部分路段实施临时交通管制的通告',
  '关于征求《城市更新专项规划（草案）》意见的公告',
  '关于开展房屋安全隐患排查的通知',
]
/** @param first what stands before all others and is outlined */
const items = (titles, first = null) =>
  `<ul class="news">${[...(first ? [first] : []), ...titles]
    .map(
      (title, at) => `<li${first && at === 0 ? ' class="mark"' : ''}><a>${title}</a><time>${DAY}</time></li>`,
    )
    .join('')}</ul>`
const TOLD = { old: '页面上最新的一条（已超过时限）', new: '新发布的一条' }

const homePage = (first) => `${top('首页')}<div class="w">
<div class="find"><span>请输入要查找的内容</span><b>搜 索</b>　热门搜索：社保　公积金　入学　不动产登记</div>
<div class="two"><div class="photo">${HILLS}<p>碧道二期建成开放</p></div>
<section class="card"><h2><b>工作动态</b><em>通知公告</em><em>政策解读</em><small>更多 &gt;</small></h2>${items(NEWS.slice(0, first ? 6 : 7), first)}</section></div>
<ul class="ask">${['个人办事', '企业办事', '便民查询', '领导信箱', '政务公开', '意见征集'].map((name) => `<li><i></i>${name}</li>`).join('')}</ul>
<div class="two"><section class="card"><h2><b>政务公开</b><small>更多 &gt;</small></h2>${items(NOTICES.slice(0, 4))}</section>
<section class="card"><h2><b>通知公告</b><small>更多 &gt;</small></h2>${items(NOTICES.slice(2))}</section></div></div>${FOOT}`

/** A page below the home page: its menu beside it, the column that is open, and what it shows. */
const inner = (part, menu, on, shown) => `${top(part)}<div class="w">
<p class="where">当前位置：首页 &gt; ${part} &gt; ${on}</p>
<div class="page"><div class="side"><b>${part}</b><ul>${menu.map((name) => `<li${name === on ? ' class="on"' : ''}>${name}</li>`).join('')}</ul></div>
<section class="card">${shown}</section></div></div>${FOOT}`
const OPEN = ['机构职能', '领导之窗', '政策文件', '政策解读', '规划计划', '财政预决算', '人事信息']
const TALK = ['领导信箱', '来信选登', '意见征集', '在线访谈', '常见问题']
const SERVICE = ['个人办事', '企业办事', '办事指南', '表格下载', '结果公示']
const column = (name, shown) => inner('政务公开', OPEN, name, `<h2><b>${name}</b></h2>${shown}`)

const GUIDE = [
  ['事项名称', '城乡居民最低生活保障待遇核定'],
  ['设定依据', '《社会救助暂行办法》'],
  ['申请条件', '共同生活的家庭成员人均收入低于当地最低生活保障标准'],
  ['办理材料', '申请书、户口簿、居民身份证、家庭收入证明'],
  ['办理地点', '演示区政务服务中心一楼综合窗口'],
  ['办理时间', '工作日 9:00—12:00，14:00—17:00'],
  ['办理流程', '申请 → 受理 → 审核 → 公示 → 决定'],
]
const guide = (phone, isMarked) =>
  inner(
    '办事服务',
    SERVICE,
    '办事指南',
    `<h2><b>办事指南</b></h2><table>${GUIDE.map(([name, said]) => `<tr><th>${name}</th><td>${said}</td></tr>`).join('')}
<tr${isMarked ? ' class="mark"' : ''}><th>联系电话</th><td>${phone}</td></tr></table>`,
  )

const LETTERS = [
  '反映小区周边夜间施工噪声问题',
  '建议在中心小学门口增设过街设施',
  '咨询灵活就业人员参保缴费办法',
  '投诉某路段长期占道经营',
  '咨询老旧小区加装电梯补贴申请流程',
  '反映公交站牌信息未更新',
  '建议延长社区图书馆开放时间',
]
/** @param late so many of them, the first two, have waited too long. */
const letters = (late) =>
  inner(
    '互动交流',
    TALK,
    '来信选登',
    `<h2><b>来信选登</b></h2><table class="rows"><tr><th>编号</th><th>来信标题</th><th>来信日期</th><th>答复</th></tr>
${LETTERS.map((title, at) => `<tr${at < late ? ' class="mark"' : ''}><td>×××${at + 1}</td><td>${title}</td><td>${DAY}</td><td class="${at < late ? 'no' : 'ok'}">${at < late ? '未答复（超过三个月）' : '已答复'}</td></tr>`).join('')}</table>`,
  )

const article = (title, body) =>
  inner(
    '新闻中心',
    ['时政要闻', '工作动态', '部门信息', '通知公告'],
    '通知公告',
    `<article><h1>${title}</h1><p class="of">发布日期：20××-${DAY}　　来源：本网　　字号：大 中 小</p>${body}</article>`,
  )
const paper = (file) =>
  article(
    '关于组织申报科技型中小企业扶持资金的通知',
    `<p>各有关单位：</p><p>为支持科技型中小企业发展，根据有关规定，现组织开展本年度扶持资金申报工作，有关事项通知如下。</p><p>一、申报对象为在本区登记、依法纳税并从事研究开发的中小企业。</p><p>二、申报单位登录申报系统填写申请表，按要求提交材料，逾期不予受理。</p><p>三、对弄虚作假的，取消申报资格并依法处理。</p><p><span class="file mark">${file}</span></p>`,
  )

/** What stands on each. */
const PAGES = {
  home: homePage(null),
  old: homePage(TOLD.old),
  new: homePage(TOLD.new),
  blank: column('政策解读', '<div class="empty"><span class="mark">本栏目暂无内容</span></div>'),
  filled: column('政策解读', items([...NOTICES, ...NEWS.slice(0, 4)], TOLD.new)),
  broken: paper('附件：申请表（打不开）'),
  mended: paper('附件：申请表'),
  error: `<div class="bare"><h1>502 Bad Gateway</h1><hr><p>nginx</p>${MADE}</div>`,
  guide: guide('（空号）', true),
  'guide-whole': guide('（略）', false),
  letters: letters(2),
  answered: letters(0),
  leaders: inner(
    '政务公开',
    OPEN,
    '领导之窗',
    `<h2><b>领导之窗</b></h2><ul class="people">${['主　任', '副主任', '副主任（已离任）', '副主任', '总工程师', '调研员'].map((post, at) => `<li${at === 2 ? ' class="mark"' : ''}><i></i><span>××× <br>${post}<br>分管：（略）</span></li>`).join('')}</ul>`,
  ),
  word: article(
    '区政府部署下阶段重点工作',
    '<p>日前，区政府召开专题会议，传达学习上级有关精神，研究部署下阶段重点工作。</p><p>会议要求，各部门要切实提高认识，压实责任，确保各项任务按时完成。</p><p>会议审议通过的方案，<span class="mark">经区人名政府批准</span>后印发执行。</p><p>会议还研究了其他事项。</p>',
  ),
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH,
  args: ['--no-sandbox', '--disable-gpu'],
})
const page = await browser.newPage({ viewport: { width: WIDTH, height: 400 } })
for (const [name, shown] of Object.entries(PAGES)) {
  await page.setContent(
    `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>${STYLE}</style>${shown}</html>`,
  )
  const path = fileURLToPath(new URL(`../monitor/pictures/demo/${name}.jpg`, import.meta.url))
  await page.screenshot({ path, type: 'jpeg', quality: QUALITY, fullPage: true })
}
await browser.close()
