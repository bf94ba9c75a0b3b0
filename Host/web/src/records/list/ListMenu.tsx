import { DeleteOutlined, EllipsisOutlined, ImportOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useNavigate } from 'react-router'
import type { RecordType } from '@/api/types'
import { may } from '@/app/me'
import { t } from '@/texts'

export function ListMenu({ type }: { type: RecordType }) {
  const navigate = useNavigate()
  const items = [
    ...(may(type, 'import') ? [{ key: `/imports?type=${type.key}`, icon: <ImportOutlined />, label: t('records.import') }] : []),
    ...(may(type, 'delete') ? [{ key: `/${type.plural}/bin`, icon: <DeleteOutlined />, label: t('records.bin') }] : []),
  ]
  if (items.length === 0) return null
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => void navigate(key) }}>
      <Button icon={<EllipsisOutlined />} aria-label={t('app.more')} />
    </Dropdown>
  )
}
