import { h, render } from 'preact';

render(h('p', null, 'low water 10:12'), document.getElementById('app'));
