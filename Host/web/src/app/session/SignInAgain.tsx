import { useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useEffect, useState } from 'react'
import { onSignedOut } from '@/api/client'
import { keys } from '@/api/keys'
import type { Me } from '@/api/types'
import { t } from '@/texts'
import { SignInForm } from './SignInForm'

/** When a sign-in has expired: a dialog over the page. Requests wait for it and are then repeated, so nothing typed is lost. */
export function SignInAgain() {
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [waiting] = useState(() => ({ resolve: null as (() => void) | null, promise: null as Promise<void> | null }))

  useEffect(() => {
    onSignedOut(() => {
      waiting.promise ??= new Promise(resolve => {
        waiting.resolve = resolve
        setOpen(true)
      })
      return waiting.promise
    })
    return () => onSignedOut(null)
  }, [waiting])

  const me = client.getQueryData<Me>(keys.me)
  return (
    <Modal open={open} footer={null} closable={false} width={400} title={t('app.signInAgain')} destroyOnHidden zIndex={2000} mask={{ closable: false }} keyboard={false}>
      <p className="muted">{t('app.signInAgainText')}</p>
      <SignInForm
        email={me?.email}
        done={next => {
          client.setQueryData(keys.me, next)
          setOpen(false)
          waiting.resolve?.()
          waiting.promise = null
        }}
      />
    </Modal>
  )
}
