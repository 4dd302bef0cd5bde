// OpenAI's own client against the gateway, in OpenAI's dialect and on Azure's paths.
import OpenAI, { AzureOpenAI } from 'openai';
import { must, mustThrow, run } from './checks.mjs';

const { GATEWAY, KEY, LIMITED_KEY, MODEL } = process.env;
const question = [{ role: 'user', content: '出島とは何ですか' }];
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const clients = {
  openai: (apiKey = KEY, more = {}) => new OpenAI({ baseURL: `${GATEWAY}/v1`, apiKey, maxRetries: 0, ...more }),
  'azure v1': (apiKey = KEY, more = {}) =>
    new OpenAI({ baseURL: `${GATEWAY}/openai/v1/`, apiKey, maxRetries: 0, ...more }),
  azure: (apiKey = KEY, more = {}) =>
    new AzureOpenAI({ endpoint: GATEWAY, apiKey, apiVersion: '2024-10-21', maxRetries: 0, ...more }),
};

function withImage(url) {
  return [{ role: 'user', content: [{ type: 'text', text: '何の絵ですか' }, { type: 'image_url', image_url: { url } }] }];
}

function checksOf(dialect, client) {
  const checks = {
    'answers a chat': async () => {
      const answer = await client().chat.completions.create({ model: MODEL, messages: question });
      must(answer.choices[0].message.content.length > 5, 'no content');
      must(answer.usage.total_tokens > 0, 'no usage');
      must(answer.choices[0].finish_reason === 'stop', `finish ${answer.choices[0].finish_reason}`);
    },
    'streams a chat with its usage': async () => {
      const stream = await client().chat.completions.create({
        model: MODEL,
        messages: question,
        stream: true,
        stream_options: { include_usage: true },
      });
      let text = '';
      let usage;
      let chunks = 0;
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta?.content ?? '';
        usage = chunk.usage ?? usage;
        chunks++;
      }
      must(text.length > 5 && chunks > 2, `only ${chunks} chunks: ${text}`);
      must(usage?.completion_tokens > 0, 'no usage in the stream');
    },
    'gives the receipt in a header': async () => {
      const { data, response } = await client()
        .chat.completions.create({ model: MODEL, messages: question })
        .withResponse();
      must(data.choices.length === 1, 'no choice');
      must(/^rcpt_[0-9A-HJKMNP-TV-Z]{26}$/i.test(response.headers.get('dejima-receipt')), 'no receipt');
      must(response.headers.get('dejima-promise'), 'no promise');
    },
    'takes tools and unknown fields': async () => {
      const answer = await client().chat.completions.create({
        model: MODEL,
        messages: question,
        tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object', properties: {} } } }],
        tool_choice: 'auto',
        field_of_tomorrow: { nested: [1, 2] },
      });
      must(answer.choices.length === 1, 'no choice');
    },
    'takes a response format': async () => {
      const answer = await client().chat.completions.create({
        model: MODEL,
        messages: question,
        response_format: { type: 'text' },
      });
      must(answer.choices.length === 1, 'no choice');
    },
    'passes an inline image on to the engine': async () => {
      try {
        await client().chat.completions.create({ model: MODEL, messages: withImage(PIXEL) });
      } catch (error) {
        must(error instanceof OpenAI.BadRequestError, `${error.constructor.name}: ${error.message}`);
        must(error.message.length > 20, `not helpful: ${error.message}`);
      }
    },
    'keeps an engine from fetching an image': () =>
      mustThrow(
        OpenAI.PermissionDeniedError,
        () => client().chat.completions.create({ model: MODEL, messages: withImage('https://example.com/secret.png') }),
        'example.com',
        'rule',
      ),
    'embeds': async () => {
      const answer = await client().embeddings.create({ model: MODEL, input: ['出島', '長崎'] });
      must(answer.data.length === 2 && answer.data[0].embedding.length > 8, 'no vectors');
      must(Math.abs(answer.data[0].embedding.reduce((sum, x) => sum + x * x, 0) - 1) < 1e-3, 'not of length 1');
    },
    'knows a bad key': () =>
      mustThrow(
        OpenAI.AuthenticationError,
        () => client('dj_nobody_nothing').chat.completions.create({ model: MODEL, messages: question }),
        'dejima keys create',
      ),
    'knows an unknown model': () =>
      mustThrow(
        OpenAI.NotFoundError,
        () => client().chat.completions.create({ model: 'no-such-model', messages: question }),
        '/v1/models',
      ),
    'knows a refusal and names the rule': () =>
      mustThrow(
        OpenAI.PermissionDeniedError,
        () =>
          client(KEY, { defaultHeaders: { 'Dejima-Data-Class': 'my-number' } }).chat.completions.create({
            model: MODEL,
            messages: question,
          }),
        'rule',
        'us-west',
        'to change it',
      ),
    'knows a bad request': () =>
      mustThrow(OpenAI.BadRequestError, () =>
        client().chat.completions.create({ model: MODEL, messages: 'not a list' }),
      ),
    'knows a used-up limit': async () => {
      const limited = client(LIMITED_KEY);
      const ask = () => limited.chat.completions.create({ model: MODEL, messages: question });
      try {
        await ask();
      } catch {
        // The other dialects share the key.
      }
      const error = await mustThrow(OpenAI.RateLimitError, ask, 'limit');
      must(Number(error.headers.get('retry-after')) > 0, 'no Retry-After');
    },
    'knows that no site is left': () =>
      mustThrow(
        OpenAI.InternalServerError,
        () => client().chat.completions.create({ model: 'unsteady', messages: question }),
        'unsteady',
      ),
    'knows that a stream broke off': async () => {
      const stream = await client().chat.completions.create({ model: 'breaks', messages: question, stream: true });
      let text = '';
      let broken;
      try {
        for await (const chunk of stream) {
          text += chunk.choices[0]?.delta?.content ?? '';
        }
      } catch (error) {
        broken = error;
      }
      must(text === '半分', `text ${text}`);
      must(broken instanceof OpenAI.APIError, `a clean end, or ${broken}`);
      must(broken.message.includes('broke off'), broken.message);
    },
    'leaves a stream': async () => {
      const stream = await client().chat.completions.create({ model: 'drips', messages: question, stream: true });
      let chunks = 0;
      for await (const _ of stream) {
        if (++chunks === 3) {
          stream.controller.abort();
          break;
        }
      }
      must(chunks === 3, `${chunks} chunks`);
    },
  };
  if (dialect !== 'azure') {
    checks['completes a text'] = async () => {
      const answer = await client().completions.create({ model: MODEL, prompt: '出島は', max_tokens: 12 });
      must(typeof answer.choices[0].text === 'string' && answer.usage.completion_tokens > 0, 'no text');
    };
    checks['streams a text'] = async () => {
      let chunks = 0;
      for await (const chunk of await client().completions.create({
        model: MODEL,
        prompt: '出島は',
        max_tokens: 12,
        stream: true,
      })) {
        chunks += chunk.choices?.length ?? 0;
      }
      must(chunks > 1, `${chunks} chunks`);
    };
    checks['lists models'] = async () => {
      const ids = [];
      for await (const model of client().models.list()) {
        ids.push(model.id);
      }
      must(ids.includes(MODEL), `models: ${ids}`);
      must((await client().models.retrieve(MODEL)).id === MODEL, 'not the model');
    };
    checks['knows that a model is not there'] = () =>
      mustThrow(OpenAI.NotFoundError, () => client().models.retrieve('no-such-model'), '/v1/models');
  }
  return checks;
}

const all = {};
for (const [dialect, client] of Object.entries(clients)) {
  for (const [name, check] of Object.entries(checksOf(dialect, client))) {
    all[`${dialect}: ${name}`] = check;
  }
}
await run(all);
