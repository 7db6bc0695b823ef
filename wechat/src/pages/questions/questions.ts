import { questionPage } from '../../lib/question_page';

questionPage('questions');
