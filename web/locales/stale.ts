import { words } from './words.ts'

/** What the desk says while it cannot show the present. */
export const stale = words(
  {
    stale: {
      frozen: '画面停在 {time}，不是最新情况',
      silent: '已 {age} 收不到数据',
      offline: '本机网络已断开',
      hint: '正在重新连接，操作暂停',
      action: '连接中断，暂时不能操作；恢复后可继续',
      form: '连接中断，暂时不能提交。已写的内容会保留，恢复后再提交。',
      unsent: '连接中断，操作没有提交',
      back: '已恢复连接，画面是最新情况',
    },
    build: {
      ready: '系统已更新，重新载入后使用新版本',
      missing: '系统已更新，这个页面要重新载入后才能打开',
      kept: '未发送的内容会保留',
      reload: '重新载入',
      later: '稍后',
    },
    draft: {
      restored: '已恢复上次未发送的内容',
      drop: '清空',
    },
  },
  {
    stale: {
      frozen: 'As of {time}, not current',
      silent: 'Nothing heard for {age}',
      offline: 'This computer is offline',
      hint: 'Reconnecting; actions are off',
      action: 'Not connected: actions are off until the connection is back',
      form: 'Not connected: nothing can be sent now. What you have written is kept until the connection is back.',
      unsent: 'Not connected: nothing was sent',
      back: 'Connected again: what you see is current',
    },
    build: {
      ready: 'A new version is in place; reload to use it',
      missing: 'A new version is in place; this page opens after a reload',
      kept: 'What you have not sent is kept',
      reload: 'Reload',
      later: 'Later',
    },
    draft: {
      restored: 'Restored what you had not sent',
      drop: 'Clear',
    },
  },
)
