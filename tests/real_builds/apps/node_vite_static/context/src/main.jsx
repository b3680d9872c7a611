import { render } from 'preact';
import { Tides } from './tides.jsx';
import './style.css';

render(<Tides harbour="Dover" />, document.getElementById('app'));
