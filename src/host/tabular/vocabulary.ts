import type { ImportTarget } from '#contract/import-profile.ts'

/**
 * How shops head the columns of their lists, in Chinese and English, without case, blanks and punctuation.
 * The terms are those of the field (工单 ticket, 接机 intake, 故障现象 symptom …); a heading that only
 * contains one of them is matched too, the longest first.
 */
type Words = readonly string[]

function words(list: string): Words {
  return list.split('|')
}

const person: Words = words(
  '姓名|客户|客户姓名|客户名称|顾客|顾客姓名|联系人|name|customer|customername|client|clientname|contact|contactname|fullname',
)
const phone: Words = words(
  '电话|手机|手机号|手机号码|电话号码|联系电话|联系方式|客户电话|客户手机|phone|phones|mobile|telephone|tel|phonenumber|customerphone|mobilenumber|cell|cellphone|contactnumber',
)
const notes: Words = words('备注|说明|附注|notes|note|remark|remarks|comment|comments')
const identity: Readonly<Record<string, Words>> = {
  category: words(
    '类别|分类|设备类别|产品类别|产品类型|设备类型|品类|产品名称|设备名称|category|devicetype|producttype|productcategory|devicecategory|type|product',
  ),
  brand: words('品牌|厂牌|厂家|brand|make|manufacturer'),
  model: words(
    '型号|产品型号|设备型号|机型|规格型号|model|modelno|modelnumber|modelname|productmodel|devicemodel|device',
  ),
  serial: words(
    '序列号|机身号|机身编号|出厂编号|产品序列号|设备序列号|sn|sn码|sn号|serial|serialno|serialnumber',
  ),
  imei1: words('imei|imei1|imei号|imei码|串号|手机串号|imeinumber'),
}

export const headingWords: Readonly<Record<ImportTarget, Readonly<Record<string, Words>>>> = {
  repairs: {
    number: words(
      '工单号|工单编号|维修单号|维修编号|单号|单据编号|编号|repairno|repairnumber|repairid|ticketno|ticketnumber|ticket|ticketid|jobno|jobnumber|orderno|ordernumber|workorder|workorderno|number|no|id',
    ),
    receivedOn: words(
      '接机日期|接机时间|接件日期|受理日期|受理时间|收件日期|送修日期|送修时间|报修日期|报修时间|创建时间|创建日期|登记日期|日期|received|receivedon|receivedat|datereceived|receiveddate|intakedate|dropoffdate|checkindate|createdat|created|datecreated|createddate|eventdate|datein|date',
    ),
    closedOn: words(
      '完成时间|完成日期|完工日期|取机日期|取机时间|结束日期|结束时间|修复日期|closed|closedon|closedat|dateclosed|datecompleted|completedat|completed|completiondate|finished|datefinished|pickupdate|collectedon|dateout',
    ),
    ...identity,
    faultText: words(
      '故障描述|故障现象|故障|问题描述|问题|报修内容|故障原因|fault|faultdescription|faulttext|problem|problemdescription|issue|issuedescription|complaint|symptom|defect|description',
    ),
    problemType: words('故障类型|问题类型|故障分类|problemtype|faulttype|issuetype'),
    outcome: words(
      '维修结果|处理结果|结果|状态|服务状态|维修状态|工单状态|outcome|result|status|repairstatus|state',
    ),
    barrier: words('未修原因|无法维修原因|未修复原因|barrier|repairbarrier'),
    deviceAgeYears: words('使用年限|机龄|年限|productage|deviceage|age'),
    yearOfManufacture: words('生产年份|出厂年份|制造年份|yearofmanufacture|manufactureyear'),
    place: words('地点|门店|网点|店铺|place|location|store|branch|shop|site|group|groupidentifier'),
    country: words('国家|国家地区|country'),
    provider: words('数据来源|来源|provider|dataprovider|source'),
    customerName: person,
    customerPhone: phone,
    priceMinor: words(
      '金额|费用|价格|维修费|维修费用|合计|总价|收费|price|amount|total|cost|charge|totalprice|totalamount',
    ),
    notes,
  },
  customers: {
    name: [...person, ...words('名称|单位名称|公司名称|公司|会员姓名|company|companyname')],
    kind: words('客户类型|客户性质|类型|kind|type|customertype'),
    phones: phone,
    email: words('邮箱|电子邮箱|电子邮件|email|mail|emailaddress'),
    taxNumber: words(
      '税号|纳税人识别号|统一社会信用代码|信用代码|taxnumber|taxno|taxid|vat|vatno|vatnumber|vatid',
    ),
    address: words('地址|联系地址|详细地址|通讯地址|住址|address|street|streetaddress'),
    language: words('语言|language|lang'),
    tier: words('等级|会员等级|客户等级|级别|tier|level|grade|customertier'),
    notes,
  },
  devices: {
    ...identity,
    imei2: words('imei2|副串号|串号2'),
    colour: words('颜色|机身颜色|colour|color'),
    purchaseOn: words(
      '购买日期|购机日期|购买时间|购机时间|销售日期|purchasedate|purchasedon|dateofpurchase|datepurchased|bought|saledate',
    ),
    ownerName: [...person, ...words('机主|机主姓名|owner|ownername')],
    ownerPhone: [...phone, ...words('机主电话|ownerphone')],
    knownDefects: words('已知缺陷|缺陷|外观|外观描述|knowndefects|defects|condition'),
  },
}

/** Headings of a column that identifies a row, besides the repair number. */
export const keyWords: Readonly<Record<ImportTarget, Words>> = {
  repairs: words('id|uuid|uid|repairid|ticketid|工单号|工单编号|维修单号|单号|编号'),
  customers: words(
    'id|uuid|uid|编号|客户编号|客户编码|客户代码|客户号|顾客编号|顾客编码|会员编号|会员号|会员卡号|code|customerid|customerno|customernumber|customercode|clientid',
  ),
  devices: words('id|uuid|uid|编号|设备编号|设备编码|资产编号|code|deviceid|assetid|assetno|assettag'),
}

/** Wordings of fixed options; our own codes are understood without being listed. */
export const optionWords: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  outcome: {
    repaired: words(
      '已修复|修复|修好|已修好|已完成|完成|已处理|已结束|结束|fixed|repaired|done|completed|complete|success|closed|finished',
    ),
    replaced_unit: words('换新|换机|更换整机|replaced|exchanged|swapped'),
    no_fault_found: words('无故障|未发现故障|正常|nff|nofaultfound|no fault'),
    beyond_economic_repair: words('无维修价值|不值得修|超出维修价值|ber|beyond economic repair|uneconomical'),
    not_repairable: words(
      '无法维修|无法修复|不可修|报废|修不好|notrepairable|unrepairable|endoflife|dead|failed',
    ),
    declined: words(
      '客户放弃|放弃维修|拒修|已取消|取消|declined|cancelled|canceled|rejected|customer declined',
    ),
    returned_unrepaired: words(
      '未修退回|未修返还|退回|未修复|returnedunrepaired|returned|notrepaired|repairable|unfixed',
    ),
    unknown: words('未知|不详|unknown'),
    in_progress: words(
      '处理中|维修中|进行中|待处理|待件|等待分配|已分配|inprogress|open|pending|waiting|in repair',
    ),
  },
  kind: {
    person: words('个人|自然人|私人|散客|person|individual|private|consumer'),
    company: words('公司|企业|单位|机构|company|business|corporate|organisation|organization'),
  },
  tier: {
    normal: words('普通|一般|普通客户|普通会员|normal|standard|regular'),
    gold: words('金牌|金卡|黄金|金牌客户|gold'),
    vip: words('贵宾|重要|vip客户|vip'),
  },
  language: {
    'zh-CN': words('中文|简体中文|汉语|chinese|zh|zhcn|cn'),
    en: words('英文|英语|english|en|engb|enus'),
  },
}

/** Wordings that mean that nothing is known. */
export const emptyWords: Words = words('-|--|/|n/a|#N/A|null|none|无|暂无|未知|unknown')
