import { words } from './words.ts'

/** What the monitor's part of the 2015 table would cost a site. */
export const score = words(
  {
    score: {
      title: '自动可测部分扣分',
      total: '扣 {points} 分',
      outcome: {
        vetoed: '单项否决（{rules}），不再评分',
        failed: '扣分已达 40 分，不合格',
        open: '未达不合格线；人工检查部分未计入',
      },
      edition: '按 2015 年普查评分表；每项以监测结果为据。',
      replaced: '已由 {rule} 单项否决代替',
      unmeasured: '尚未测得',
      percent: '7 日打不开 {n}%',
      items: '两周内 {n} 条',
      count: '{n} 个',
      rule: {
        S1: '首页可用性',
        S2a: '首页链接',
        S2b: '其他页面链接',
        S3: '首页栏目更新量',
        S4a: '动态要闻未更新',
        S4b: '通知公告、政策文件未更新',
        S4c: '人事、规划计划未更新',
        S9b: '附件无法下载',
        S10: '在线系统不能访问',
      },
    },
  },
  {
    score: {
      title: 'Deductions a monitor can measure',
      total: '{points} points off',
      outcome: {
        vetoed: 'Vetoed ({rules}): not scored',
        failed: '40 points off: failed',
        open: "Short of failing; a person's part is not counted",
      },
      edition: 'By the 2015 table; each line stands on what was measured.',
      replaced: 'replaced by the veto {rule}',
      unmeasured: 'not measured yet',
      percent: '{n}% down in 7 days',
      items: '{n} in two weeks',
      count: '{n}',
      rule: {
        S1: 'Home page availability',
        S2a: 'Links of the home page',
        S2b: 'Links of other pages',
        S3: 'Items on the home page',
        S4a: 'Stale news',
        S4b: 'Stale notices and policies',
        S4c: 'Stale personnel and plans',
        S9b: 'Attachments not downloadable',
        S10: 'Online systems out of reach',
      },
    },
  },
)
