import {
  ApartmentOutlined, AppstoreAddOutlined, BellOutlined, CalendarOutlined, CoffeeOutlined, FormOutlined, KeyOutlined, LoginOutlined, MailOutlined,
  PercentageOutlined, SafetyOutlined, SettingOutlined, ShoppingOutlined, UserOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { may, useCan, useCatalogue } from '@/app/me'
import { t, type TextKey } from '@/texts'

export type Section = { to: string; name: string; about: string; icon: ReactNode }
export type SectionGroup = { key: string; name: string; sections: Section[] }

/** What this person may administer, grouped as the settings page shows it. */
export function useSections(): SectionGroup[] {
  const can = useCan()
  const { byKey } = useCatalogue()
  const own = (allowed: boolean, key: string, icon: ReactNode): Section[] =>
    allowed ? [{ to: `/admin/${key}`, name: t(`platform.${key}` as TextKey), about: t(`platform.${key}About` as TextKey), icon }] : []
  const records = (key: string, icon: ReactNode): Section[] => {
    const type = byKey(key)
    return type && may(type, 'update') ? [{ to: `/${type.plural}`, name: t(`platform.${key}` as TextKey), about: t(`platform.${key}About` as TextKey), icon }] : []
  }
  const groups: SectionGroup[] = [
    {
      key: 'company',
      name: t('platform.groupCompany'),
      sections: [
        ...own(may(byKey('user'), 'update'), 'users', <UserOutlined />),
        ...own(may(byKey('unit'), 'update'), 'units', <ApartmentOutlined />),
        ...own(can('role.manage'), 'roles', <SafetyOutlined />),
        ...own(true, 'absences', <CoffeeOutlined />),
        ...own(can('calendar.manage'), 'calendars', <CalendarOutlined />),
      ],
    },
    {
      key: 'sales',
      name: t('platform.groupSales'),
      sections: [
        ...own(can('catalogue.manage'), 'fields', <AppstoreAddOutlined />),
        ...records('product', <ShoppingOutlined />),
        ...records('discountAuthority', <PercentageOutlined />),
        ...own(may(byKey('form'), 'read'), 'forms', <FormOutlined />),
      ],
    },
    {
      key: 'system',
      name: t('platform.groupSystem'),
      sections: [
        ...own(can('settings.manage'), 'settings', <SettingOutlined />),
        ...own(can('outbox.manage'), 'outbox', <MailOutlined />),
        ...(can('signIn.read') ? [{ to: '/admin/sign-ins', name: t('platform.signIns'), about: t('platform.signInsAbout'), icon: <LoginOutlined /> }] : []),
        ...own(true, 'notices', <BellOutlined />),
        ...own(true, 'tokens', <KeyOutlined />),
      ],
    },
  ]
  return groups.filter(group => group.sections.length > 0)
}
