// Speaks S3 on loopback, over a folder: node --openssl-legacy-provider server.js FOLDER PORT BUCKET LOCKED
//
// s3rver checks the signatures of requests and of the chunks of their bodies. Its own store shows objects while they are
// written; here they are there whole or not at all, as in S3, also after a kill.
//
// The signal USR2 makes it full, as MinIO is when its disks are: it answers, and takes nothing. The next one makes room.
//
// The bucket LOCKED stands for one with a default retention of Object Lock: as Amazon's, it takes nothing without a checksum,
// and keeps what is replaced or removed, in FOLDER/.versions.
'use strict';

const { randomUUID } = require('node:crypto');
const { once } = require('node:events');
const fs = require('node:fs/promises');
const path = require('node:path');
const S3rver = require('@20minutes/s3rver');
const S3Error = require('@20minutes/s3rver/lib/models/error');
const v4 = require('@20minutes/s3rver/lib/signature/v4');
const FilesystemStore = require('@20minutes/s3rver/lib/stores/filesystem');

class WholeObjects extends FilesystemStore {
  #last = Promise.resolve();
  #kept = 0;

  /** One after another, so that an object's bytes, size and hash are of one moment. */
  #alone(action) {
    const result = this.#last.then(action);
    this.#last = result.catch(() => {});
    return result;
  }

  listObjects(bucket, options) {
    return this.#alone(() => super.listObjects(bucket, options));
  }

  /** An open file is the object as it was, whatever replaces it. */
  getObject(bucket, key, options) {
    return this.#alone(() => super.getObject(bucket, key, options));
  }

  deleteObject(bucket, key) {
    return this.#alone(async () => {
      await this.#keep(bucket, key);
      return super.deleteObject(bucket, key);
    });
  }

  /** The names of versions are in their order. */
  async #keep(bucket, key) {
    if (bucket !== locked) {
      return;
    }
    const folder = path.join(this.rootDirectory, '.versions', bucket, key);
    await fs.mkdir(folder, { recursive: true });
    this.#kept += 1;
    const version = `${Date.now()}-${String(this.#kept).padStart(9, '0')}`;
    try {
      await fs.link(this.getResourcePath(bucket, key, 'object'), path.join(folder, version));
    } catch (e) {
      if (e.code !== 'ENOENT') {
        throw e;
      }
    }
  }

  copyObject(...names) {
    return this.#alone(() => super.copyObject(...names));
  }

  async putObject(object) {
    const written = path.join(this.rootDirectory, '.written', randomUUID());
    await fs.mkdir(path.dirname(written), { recursive: true });
    try {
      const [size, md5] = await this.putContent(written, object.content);
      await fs.writeFile(`${written}.md5`, md5);
      await this.#alone(() => this.#publish(object, written));
      return { size, md5 };
    } finally {
      await fs.rm(written, { force: true });
      await fs.rm(`${written}.md5`, { force: true });
    }
  }

  /** Types and other headers are not kept. */
  async #publish(object, written) {
    const target = this.getResourcePath(object.bucket, object.key, 'object');
    await fs.mkdir(path.dirname(target), { recursive: true });
    await this.#keep(object.bucket, object.key);
    // a hash that is missing is computed; one of other bytes would be believed
    await fs.rm(`${target}.md5`, { force: true });
    await fs.rename(written, target);
    await fs.rename(`${written}.md5`, `${target}.md5`);
  }

  async putObjectMultipart(bucket, uploadId, parts) {
    const folder = path.join(this.getResourcePath(bucket, undefined, 'uploads'), uploadId);
    for (const part of parts) {
      const stored = await read(path.join(folder, `${part.number}.md5`));
      if (stored === undefined) {
        throw refusal(404, 'NoSuchUpload', 'The upload does not exist; it may have been completed');
      }
      if (stored !== part.etag) {
        throw refusal(400, 'InvalidPart', `Part ${part.number} has another ETag`);
      }
    }
    return super.putObjectMultipart(bucket, uploadId, parts);
  }
}

async function read(file) {
  try {
    return await fs.readFile(file, 'utf8');
  } catch (e) {
    if (e.code === 'ENOENT') {
      return undefined;
    }
    throw e;
  }
}

function refusal(status, code, message) {
  return Object.assign(new S3Error(code, message), { status, expose: true });
}

const [directory, port, bucket, locked] = process.argv.slice(2);
const server = new S3rver({
  address: '127.0.0.1',
  port: Number(port),
  directory,
  configureBuckets: [{ name: bucket }, { name: locked }],
});
server.store = server.context.store = new WholeObjects(directory);

// what is signed is the path as it was sent; s3rver makes one of its own, without the slash behind a bucket
const paths = new WeakMap();
server.middleware.unshift((ctx, next) => {
  paths.set(ctx.headers, ctx.path);
  return next();
});
const { getStringToSign } = v4;
v4.getStringToSign = (canonical, request) =>
  getStringToSign({ ...canonical, uri: paths.get(canonical.headers) }, request);

function isChecked(headers) {
  return Object.keys(headers).some((name) => name === 'content-md5' || name.startsWith('x-amz-checksum-'));
}

/** Reads what was sent, and answers that it is not taken. */
async function refuse(ctx, status, code, message) {
  ctx.req.resume();
  await once(ctx.req, 'end');
  ctx.status = status;
  ctx.type = 'application/xml';
  ctx.body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
}

server.middleware.unshift((ctx, next) => {
  if (ctx.method !== 'PUT' || !ctx.path.startsWith(`/${locked}/`) || isChecked(ctx.headers)) {
    return next();
  }
  const what = ctx.query.partNumber ? 'Put Part' : 'Put Object';
  return refuse(
    ctx,
    400,
    'InvalidRequest',
    `Content-MD5 OR x-amz-checksum- HTTP header is required for ${what} requests with Object Lock parameters`,
  );
});

let full = false;
process.on('SIGUSR2', () => {
  full = !full;
});

server.middleware.unshift((ctx, next) =>
  full && (ctx.method === 'PUT' || ctx.method === 'POST')
    ? refuse(ctx, 507, 'XMinioStorageFull', 'Storage backend has reached its minimum free drive threshold')
    : next(),
);

server.run();
