import { CoffeeOutlined, PlusOutlined } from '@ant-design/icons'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import { ask } from '@/app/feedback'
import { useCan, useMe } from '@/app/me'
import { t } from '@/texts'
import { Avatar } from '@/ui/Avatar'
import { Blank } from '@/ui/Blank'
import { Failure } from '@/ui/Failure'
import { LoadMore } from '@/ui/LoadMore'
import { RowsSkeleton } from '@/ui/Skeletons'
import { dateTime } from '@/ui/format'
import { AdminSection } from '../AdminSection'
import { AbsenceDialog } from './AbsenceDialog'
import { absencesKey, absencesPage, type Absence } from './absences'

/** Who is away and who stands in: one's own, or everybody's for those who manage them. */
export function AbsencesPage() {
  const can = useCan()
  const me = useMe()
  const client = useQueryClient()
  const [past, setPast] = useState(false)
  const [adding, setAdding] = useState(false)
  const list = useInfiniteQuery({
    queryKey: [...absencesKey, past],
    queryFn: ({ pageParam }) => absencesPage(past, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
  })
  const end = useMutation({ mutationFn: (absence: Absence) => api.delete(`absences/${absence.id}`), onSettled: () => client.invalidateQueries({ queryKey: absencesKey }) })
  const askEnd = async (absence: Absence) => {
    const begun = new Date(absence.from) <= new Date()
    if (await ask(t(begun ? 'platform.endAbsenceAsk' : 'platform.dropAbsenceAsk', { name: absence.user.name }), { ok: t(begun ? 'platform.endAbsence' : 'app.delete'), danger: true })) end.mutate(absence)
  }
  const absences = list.data?.pages.flatMap(page => page.items) ?? []
  const add = <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('platform.newAbsence')}</Button>
  return (
    <AdminSection title={t('platform.absences')} actions={absences.length > 0 && add}>
      <div className="admin-bar">
        <Segmented value={past} onChange={setPast} options={[{ value: false, label: t('platform.absencesNow') }, { value: true, label: t('platform.absencesAll') }]} />
      </div>
      {list.isPending ? <RowsSkeleton rows={4} /> : list.isError ? <Failure error={list.error} again={() => void list.refetch()} /> : absences.length === 0 ? (
        <Blank icon={<CoffeeOutlined />} title={t('platform.noAbsences')} text={t('platform.noAbsencesText')}>{add}</Blank>
      ) : (
        <>
          <ul className="plain panel admin-list">
            {absences.map(absence => (
              <li key={absence.id} className="admin-row">
                <Avatar name={absence.user.name} size={36} />
                <div className="grow">
                  <div className="admin-name">{absence.user.name}</div>
                  <div className="muted small">{[absence.substitute ? t('platform.standsIn', { name: absence.substitute.name }) : t('platform.nobodyStandsIn'), absence.note].filter(Boolean).join(' · ')}</div>
                </div>
                <span className="nums small">{dateTime(absence.from)} – {dateTime(absence.to)}</span>
                {new Date(absence.to) > new Date() && (absence.user.id === me.id || can('absence.manage')) && (
                  <Button type="text" danger onClick={() => void askEnd(absence)}>{t('platform.endAbsence')}</Button>
                )}
              </li>
            ))}
          </ul>
          <LoadMore of={list} />
        </>
      )}
      {adding && <AbsenceDialog close={() => setAdding(false)} />}
    </AdminSection>
  )
}
