import { ArrowLeftOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { t } from '@/texts'
import { Page } from '@/ui/Page'
import './platform.css'

type Props = { title: string; note?: ReactNode; actions?: ReactNode; below?: ReactNode; children: ReactNode }

/** A page of the settings, with the way back to their overview. */
export const AdminSection = ({ below, ...rest }: Props) => (
  <Page {...rest} below={<><Link to="/admin" className="admin-back"><ArrowLeftOutlined /> {t('platform.admin')}</Link>{below}</>} />
)
