import { atOnce } from '../../../../server/base/slices.ts'
import { type BookWord, buildBook, wrongPlaces } from '../../../../server/monitor/wrong-words/book.ts'
import starter from '../../../../shared/monitor/wrong-words/starter.json' with { type: 'json' }
import { tableOf } from '../planted-table.ts'

const STARTER = starter.words.map(
  (one, at): BookWord => ({
    ...{ id: at + 1, kind: 'other', wrong: one.wrong, right: one.right, refused: [] },
    ...{ near: one.near ?? [], apart: one.apart ?? [] },
  }),
)
const BOOK = atOnce(buildBook('1', STARTER))

/** What holds a wrong form, or looks like one, and is right. */
const RIGHT = [
  '来自二十八界别的政协委员出席大会',
  '上海市黄浦区与广州结对',
  '依法制国家标准',
  '全社会主意识增强',
  '台湾国语歌曲',
  '台湾国际机场',
  '台湾国家公园',
  '所谓“满洲国”的傀儡政权',
  '返回教育局首页',
  '中国家中共产党员',
  '既使群众满意又使企业受益',
  '诸侯车马',
  '身份征信报告',
  '按装置要求',
  '西藏国际机场',
  '西藏国有企业',
  '内蒙古自治区',
  '西藏自治区',
  '广西壮族自治区',
  '新疆维吾尔自治区',
  '越秀区区长调研',
  '越秀区区委书记',
  '中国和香港特别行政区签署',
  '台湾桃园市',
  '南朝鲜战争历史',
  '东突厥斯坦伊斯兰运动恐怖组织',
  '北京市东城区',
  '中华人民共和国',
  '总书记指出',
  '国家主席',
  '市委书记',
  '不忘初心、牢记使命',
  '一国两制',
  '一带一路',
  '以人民为中心',
  '脱贫攻坚',
  '扫黑除恶',
  '科学发展观',
  '人民检察院',
  '政治协商会议',
  '全国人民代表大会',
  '党的二十届三中全会',
  '学界',
  '广州市荔湾区',
  '增城区',
  '从化区',
  '花都区',
  '海珠区',
]

/** Every word in a sentence of its own; its right form, and what else is right. */
export const WORDS = tableOf(
  'wrong-words',
  STARTER.map(({ near, wrong }) => `${near[0] ?? ''}，${wrong}。`),
  [...STARTER.map(({ near, right }) => `${near[0] ?? ''}，${right}。`), ...RIGHT],
  (text) => (wrongPlaces(BOOK, text).length > 0 ? 'found' : 'clear'),
)
