import '../no-eval.ts';
import '../no-html.ts';
import '../ui/theme.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { followChanges, queryClient } from '../rpc.ts';
import { WhileCoreLives } from './core-gone.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { createWindowRouter } from './router.tsx';

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no place for the window');

const leaving = new AbortController();
window.addEventListener('pagehide', () => leaving.abort());
// When the stream ends, the core is gone; WhileCoreLives says so.
followChanges(leaving.signal).catch(() => {});

createRoot(place).render(
  <StrictMode>
    <ErrorBoundary>
      <WhileCoreLives>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={createWindowRouter()} />
        </QueryClientProvider>
      </WhileCoreLives>
    </ErrorBoundary>
  </StrictMode>,
);
