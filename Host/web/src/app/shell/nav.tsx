import {
  ApartmentOutlined, AppstoreOutlined, BankOutlined, CheckCircleOutlined, ClusterOutlined, CustomerServiceOutlined,
  FieldTimeOutlined, FileTextOutlined, FunnelPlotOutlined, ImportOutlined, MailOutlined, NodeIndexOutlined, NotificationOutlined,
  SettingOutlined, ShoppingOutlined, TagsOutlined, TeamOutlined, ThunderboltOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { may, useCan, useCatalogue } from '@/app/me'
import { t } from '@/texts'
import { typeName } from '@/ui/typeName'

export type NavItem = { to: string; text: string; icon: ReactNode }
export type NavGroup = { key: string; text: string | null; items: NavItem[] }

const recordIcons: Record<string, ReactNode> = {
  lead: <FunnelPlotOutlined />,
  customer: <BankOutlined />,
  contact: <TeamOutlined />,
  opportunity: <ThunderboltOutlined />,
  quote: <FileTextOutlined />,
  product: <ShoppingOutlined />,
  ticket: <CustomerServiceOutlined />,
  slaPolicy: <FieldTimeOutlined />,
  campaign: <NotificationOutlined />,
  segment: <ClusterOutlined />,
  mailTemplate: <MailOutlined />,
  tag: <TagsOutlined />,
}

export const iconOf = (type: string): ReactNode => recordIcons[type] ?? <AppstoreOutlined />

/** What this person may open, grouped as the menu shows it. */
export function useNav(): NavGroup[] {
  const can = useCan()
  const { byKey, types } = useCatalogue()
  const record = (key: string): NavItem[] => {
    const type = byKey(key)
    return type && may(type, 'read') ? [{ to: '/' + type.plural, text: typeName(type), icon: iconOf(key) }] : []
  }
  const when = (allowed: boolean, item: NavItem) => (allowed ? [item] : [])

  const groups: NavGroup[] = [
    { key: 'work', text: null, items: [{ to: '/', text: t('app.navWork'), icon: <CheckCircleOutlined /> }] },
    { key: 'sales', text: t('app.navSales'), items: ['lead', 'customer', 'contact', 'opportunity', 'quote', 'product'].flatMap(record) },
    { key: 'service', text: t('app.navService'), items: ['ticket', 'slaPolicy'].flatMap(record) },
    { key: 'marketing', text: t('app.navMarketing'), items: ['campaign', 'segment', 'mailTemplate', 'tag'].flatMap(record) },
    {
      key: 'sops',
      text: t('app.navSops'),
      items: [
        ...when(can('sop.read'), { to: '/sops', text: t('app.navSopList'), icon: <ApartmentOutlined /> }),
        ...when(can('run.read'), { to: '/runs', text: t('app.navRuns'), icon: <NodeIndexOutlined /> }),
      ],
    },
    {
      key: 'admin',
      text: t('app.navAdmin'),
      items: [
        ...when(types.some(type => may(type, 'import')), { to: '/imports', text: t('app.navImports'), icon: <ImportOutlined /> }),
        ...when(can('user.update') || can('role.update') || can('catalogue.manage'), {
          to: '/admin', text: t('app.navSettings'), icon: <SettingOutlined />,
        }),
      ],
    },
  ]
  return groups.filter(group => group.items.length > 0)
}
