/**
 * Divisions that are no more, with the one that took their place: sites keep the codes that they were given. By the
 * State Council's decisions as the Ministry of Civil Affairs published them; those of before 2005 and of small places
 * are left to the office, which adds them in the product (a division with a successor).
 */
const MERGED = `
110103 崇文区 110101, 110104 宣武区 110102, 110228 密云县 110118, 110229 延庆县 110119,
120107 塘沽区 120116, 120108 汉沽区 120116, 120109 大港区 120116, 120221 宁河县 120117, 120223 静海县 120118,
120225 蓟县 120119,
220181 九台市 220113,
310103 卢湾区 310101, 310108 闸北区 310106, 310119 南汇区 310115, 310230 崇明县 310151,
320103 白下区 320104, 320107 下关区 320106, 320124 溧水县 320117, 320125 高淳县 320118,
320202 崇安区 320213, 320203 南长区 320213, 320204 北塘区 320213,
320502 沧浪区 320508, 320503 平江区 320508, 320504 金阊区 320508, 320584 吴江市 320509,
330103 下城区 330105, 330104 江干区 330102, 330183 富阳市 330111, 330185 临安市 330112,
370125 济阳县 370115, 370181 章丘市 370114, 371202 莱城区 370116, 371203 钢城区 370117,
370205 四方区 370203, 370282 即墨市 370215, 370284 胶南市 370211,
440102 东山区 440104, 440107 芳村区 440103, 440116 萝岗区 440112, 440183 增城市 440118, 440184 从化市 440117,
440221 曲江县 440205, 440681 顺德市 440606, 440682 南海市 440605, 440683 三水市 440607, 440684 高明市 440608,
440903 茂港区 440904, 440923 电白县 440904, 441283 高要市 441204, 441381 惠阳市 441303, 441421 梅县 441403,
441723 阳东县 441704, 441827 清新县 441803, 445121 潮安县 445103, 445221 揭东县 445203, 445323 云安县 445303
`

/** Code, name and the code of the successor. */
export const merged: readonly (readonly [code: string, name: string, successor: string])[] = MERGED.split(',')
  .map((entry) => entry.trim().split(' '))
  .map(([code = '', name = '', successor = '']) => [code, name, successor] as const)
