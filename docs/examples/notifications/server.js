import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';
import { Server } from 'socket.io';

const publisher = createClient({ url: process.env.REDIS_URL });
const subscriber = publisher.duplicate();
for (const redis of [publisher, subscriber]) {
  redis.on('error', (error) => console.error(error.message));
  await redis.connect();
}

const io = new Server({ adapter: createAdapter(publisher, subscriber) });

// a real server takes the user from a session that it has verified
io.on('connection', (socket) => socket.join(`user:${socket.handshake.auth.userId}`));
io.listen(Number(process.env.PORT));
