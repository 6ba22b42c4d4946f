import { words } from './words.ts'

export const evidence = words(
  {
    evidence: {
      title: '留证',
      hint: '每次判定变化时保存当时的首页，最近 20 份及告警所依据的长期保留。',
      none: '还没有留证。判定下一次变化时保存首页。',
      open: '查看当时的页面',
      shown: {
        ok: '按期更新',
        warning: '即将超期',
        violated: '不更新',
        insufficient: '无法判定',
        blocked: '被拦截',
      },
      because: {
        ok: '首页最新信息是 {newest}，距当日 {days} 天，在两周之内。',
        warning: '首页最新信息是 {newest}，距当日 {days} 天，满两周即为不更新。',
        violated: '首页最新信息是 {newest}，距当日 {days} 天，超过两周，判为不更新。',
        undated: '首页上没有可信的发布日期，按规定视为不更新。',
        insufficient: '首页内容未能全部看到（读不出、由脚本显示、过长，或只是导航入口），不作判定。',
        blocked: '连续两次由防火墙代为应答，不计入网站。',
      },
      page: {
        title: '当时的页面',
        url: '页面地址',
        hash: 'SHA-256',
        size: '大小',
        kept: '{size} KB，压缩后 {kept} KB',
        cut: '页面过大，只保存了开头部分',
        frame: '{site} 于 {at} 的首页（已去除脚本和外部内容）',
        inert: '页面已去除脚本、表单和一切外部内容，不会向任何地方发出请求；标黄处是判定依据。',
      },
      diff: {
        title: '与上一份的文字差异',
        first: '这是第一份留证，没有可比较的。',
        same: '文字与 {at} 的一份完全相同。',
        count: '与 {at} 的一份相比：新增 {added} 行，删去 {removed} 行',
        added: '新增',
        removed: '删去',
        previous: '查看上一份',
      },
    },
  },
  {
    evidence: {
      title: 'Evidence',
      hint: 'The home page is kept each time the verdict changes: the last 20, and those that alerts rest on.',
      none: 'Nothing kept yet. The home page is kept when the verdict changes next.',
      open: 'See the page as it was',
      shown: {
        ok: 'updated',
        warning: 'nearly due',
        violated: 'not updated',
        insufficient: 'not judged',
        blocked: 'blocked',
      },
      because: {
        ok: 'The newest item is of {newest}, {days} days before that day: within two weeks.',
        warning:
          'The newest item is of {newest}, {days} days before that day; after two weeks it is dormant.',
        violated:
          'The newest item is of {newest}, {days} days before that day: more than two weeks, so it is dormant.',
        undated: 'The home page shows no credible publish date, which counts as not updated.',
        insufficient:
          'What the home page shows could not all be seen (unreadable, drawn by a script, too long, or only an entrance): not judged.',
        blocked: 'Twice running a firewall answered in its place; not held against the site.',
      },
      page: {
        title: 'The page as it was',
        url: 'Address',
        hash: 'SHA-256',
        size: 'Size',
        kept: '{size} KB, {kept} KB compressed',
        cut: 'Too large: only its beginning was kept',
        frame: 'Home page of {site} at {at}, without scripts and outside content',
        inert:
          'Scripts, forms and everything from outside are taken out; it asks nobody for anything. What the verdict rests on is marked yellow.',
      },
      diff: {
        title: 'Text against the copy before',
        first: 'This is the first copy; there is nothing to compare it with.',
        same: 'The text is the same as in the copy of {at}.',
        count: 'Against the copy of {at}: {added} lines added, {removed} removed',
        added: 'added',
        removed: 'removed',
        previous: 'See the copy before',
      },
    },
  },
)
