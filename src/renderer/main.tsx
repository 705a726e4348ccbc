import './bridge/zod-config.ts';

import './styles/tokens.css';
import './styles/controls.css';
import './styles/feedback.css';
import './styles/frame.css';
import './styles/grid.css';
import './styles/screens.css';
import './styles/corrections.css';
import './styles/detail.css';
import './styles/cancel.css';
import './styles/paste.css';
import './styles/payments.css';
import './styles/runs.css';
import './styles/oms.css';
import './styles/rules.css';
import './styles/statements.css';
import './styles/queue.css';
import './styles/batches.css';
import './styles/people.css';
import './styles/audit.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { App } from './app/app.tsx';
import { i18n } from './i18n/i18n.ts';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <I18nextProvider i18n={i18n}>
        <App />
      </I18nextProvider>
    </StrictMode>,
  );
}
