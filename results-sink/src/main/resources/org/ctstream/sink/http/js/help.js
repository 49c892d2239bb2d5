import {byId} from './dom.js';
import {setKeys} from './keys.js';

const open = () => byId('help').showModal();

byId('help-open').addEventListener('click', open);
setKeys({'?': open});
