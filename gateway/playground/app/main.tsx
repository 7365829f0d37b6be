import { createRoot } from 'react-dom/client';
import { arrive, type Login } from './login.js';
import { mendPage } from './mend.js';
import { Page } from './page.js';
import './style.css';
import { provideWorkers } from './workers.js';

provideWorkers();
const response = await fetch('/playground/config.json');
const { login, hasMap } = (await response.json()) as { login: Login | null; hasMap: boolean };
const root = document.getElementById('page');
if (root === null) throw new TypeError('The page has no place for its content.');
mendPage(document.body);
createRoot(root).render(<Page login={login} hasMap={hasMap} arrival={await arrive(login)} />);
