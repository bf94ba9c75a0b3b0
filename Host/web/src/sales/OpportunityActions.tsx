import { FileTextOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useNavigate } from 'react-router'
import type { Ref } from '@/api/types'
import { may, useCatalogue } from '@/app/me'
import type { PlugProps } from '@/records/plugs'
import { t } from '@/texts'

const RecordDrawer = lazy(() => import('@/records/form/RecordDrawer'))

/** From an opportunity to its quote. */
export default function OpportunityActions({ record }: PlugProps) {
  const quote = useCatalogue().byKey('quote')
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  if (!quote || !may(quote, 'create') || record.stage === 'lost') return null
  const customer = record.customer as Ref | null
  const contact = record.contact as Ref | null
  const name = String(record.name)
  return (
    <>
      <Button type="primary" icon={<FileTextOutlined />} onClick={() => setOpen(true)}>{t('sales.makeQuote')}</Button>
      <Suspense>
        {open && (
          <RecordDrawer
            type={quote}
            initial={{ [quote.nameField]: name, opportunity: record.id, customer: customer?.id, contact: contact?.id }}
            known={{ opportunity: { id: record.id, name }, ...(customer ? { customer } : {}), ...(contact ? { contact } : {}) }}
            close={() => setOpen(false)}
            done={made => void navigate(`/quotes/${made.id}`)}
          />
        )}
      </Suspense>
    </>
  )
}
