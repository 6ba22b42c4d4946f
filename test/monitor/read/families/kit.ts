/*
 * Pages in the manner of the content systems that public sites are built with, as they are met: with their comments,
 * broken tags, clocks, counters and footers. Nothing in them is a real site's. What a person reads as the newest publish
 * date stands beside each; `null`: none is shown.
 */

export interface FamilyPage {
  /** System and mechanism. */
  readonly name: string
  readonly kind: 'home' | 'list' | 'article'
  readonly gold: string | null
  readonly html: string
  /** Taken for today, where it is another day than `TODAY`. */
  readonly ref?: string
  readonly url?: string
}

/** Taken for today: a Friday. */
export const TODAY = '2024-03-15'

export const T = [
  '区政府召开第56次常务会议 研究部署安全生产工作',
  '关于公开征求《城市绿化管理办法（修订草案）》意见的公告',
  '2024年度部门预算公开目录',
  '我区举办“学雷锋”志愿服务活动',
  '关于2023年度财政专项资金绩效评价结果的公示',
  '市领导调研重点项目建设',
  '关于印发《困难群众临时救助实施细则》的通知',
  '本周末起多条道路临时交通管制',
  '区第十七届人大四次会议闭幕',
  '春季森林防火命令',
  '关于拟录用公务员名单的公示（第一批）',
  '全区教育工作会议召开',
] as const

/** A row for each date, with its title and number. */
export const each = (
  dates: readonly string[],
  row: (date: string, title: string, n: number) => string,
): string => dates.map((date, n) => row(date, T[n % T.length] as string, n)).join('\n')

type More = Pick<FamilyPage, 'ref' | 'url'>
const make =
  (kind: FamilyPage['kind']) =>
  (name: string, gold: string | null, html: string, more: More = {}): FamilyPage => ({
    name,
    kind,
    gold,
    html,
    ...more,
  })
export const list = make('list')
export const home = make('home')
export const article = make('article')

const NAV =
  '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li><li><a href="/wsbs/">政务服务</a></li><li><a href="/gzcy/">互动交流</a></li><li><a href="/zjqx/">走进我区</a></li></ul>'

/** TRS WCM: metas, a clock by script, a weather frame, marks in the footer. */
export const trs = (
  body: string,
  title = '通知公告',
) => `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>${title}_示例区人民政府门户网站</title><meta name="SiteName" content="示例区人民政府门户网站"><meta name="SiteIDCode" content="4401060001"><meta name="ColumnName" content="${title}"></head>
<body><div class="top"><iframe src="//i.tianqi.com/index.php?c=code&id=12" width="300"></iframe><script>var d=new Date();document.write("今天是"+d.getFullYear()+"年"+(d.getMonth()+1)+"月"+d.getDate()+"日");</script></div>${NAV}
<div class="dqwz">您现在的位置：<a href="../../" title="首页" class="CurrChnlCls">首页</a>&nbsp;&gt;&nbsp;<a href="../" title="${title}" class="CurrChnlCls">${title}</a></div>
${body}
<div class="foot"><p>主办：示例区人民政府办公室　技术支持：示例区政务服务和数据管理局</p><p>网站标识码：4401060001 <a href="https://beian.miit.gov.cn">粤ICP备05012023号-1</a> 粤公网安备 44010602000123号</p><p>Copyright © 2019-2024 All Rights Reserved 联系电话：020-23120312</p></div></body></html>`

/** 大汉 JCMS: comments around each field, a maker's time in metas, a counter. */
export const jcms = (body: string, title = '通知公告') => `<!doctype html>
<html>
<head>
<!--<$[信息参数]>begin--><meta name="Maketime" content="2024-03-15 06:02:11"><meta name="ArticleTitle" content="${title}"><!--<$[信息参数]>end-->
<meta charset='utf-8'><title>示例县人民政府 ${title}</title></head>
<body><table width="1000" border="0" align="center" cellpadding="0"><tr><td class="bt_head"><!-- 2024年03月15日 --><span id="nowtime"></span></td></tr><tr><td>${NAV}</td></tr></table>
${body}
<table width="1000" align="center"><tr><td align="center">版权所有：示例县人民政府 苏ICP备08104588号 您是第 <script src="/module/counter.jsp"></script>20240315 位访客<br>建议使用1024*768分辨率</td></tr></table>
</body></html>`

/** 博达 VSB. */
export const vsb = (
  body: string,
  title = '公告公示',
) => `<!DOCTYPE html><HTML><HEAD><TITLE>${title}-示例市交通运输局</TITLE><META Name="keywords" Content="示例市交通运输局,${title}" />
<META content="text/html; charset=UTF-8" http-equiv="Content-Type"><!--Announced by Visual SiteBuilder 9-->
<link rel="stylesheet" type="text/css" href="../system/resource/style/component/news/content/format.css">
<script language="javascript" src="/system/resource/js/counter.js"></script><script language="javascript">_jsq_(1044,'/list.jsp',-1,1263547123)</script></HEAD>
<BODY>${NAV}<table width="980"><tr><td>当前位置: <a href="../index.htm">首页</a>&gt;&gt;<a href="gggs.htm">${title}</a>&gt;&gt;正文</td></tr></table>
${body}
<div class="footer">地址：示例市人民路2023号 邮编：510120 电话：0635-8312023 传真：0635-2024315<br>今日访问：315 总访问量：2024315</div></BODY></HTML>`

/** 织梦 dede. */
export const dede = (body: string, title = '工作动态') => `<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>${title}_示例镇人民政府</title></head><body>
<div class="header"><h2>示例镇人民政府</h2>${NAV}</div><div class="place"><strong>当前位置:</strong><a href='http://www.example.gov.cn/'>主页</a> > <a href='/a/gzdt/'>${title}</a> > </div>
${body}
<div class="footer"><p>Powered by DedeCMSV57_UTF8_SP2 © 2004-2011 DesDev Inc.</p><p>Copyright © 2002-2024 示例镇人民政府 版权所有 豫ICP备14003015号</p></div></body></html>`

/** A bare page of today's front ends. */
export const plain = (body: string, { title = '示例市人民政府', head = '' } = {}) =>
  `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${head}</head><body>${body}</body></html>`

export const P =
  '<p style="text-indent:2em">各镇人民政府、街道办事处，区政府各部门：为进一步加强管理，现将有关事项通知如下，请认真贯彻执行。</p><p style="text-indent:2em">一、提高认识，加强领导，压实责任，按照职责分工抓好落实。二、强化督查，确保各项措施到位。</p>'
