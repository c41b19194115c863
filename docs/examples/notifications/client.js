import { io } from 'socket.io-client';

const socket = io(process.env.SERVER_URL, { auth: { userId: process.env.USER_ID } });
const told = new Set();

socket.on('connect', () => console.log(JSON.stringify({ connected: true })));
socket.on('profile-updated', (update) => {
  if (!told.has(update.id)) {
    told.add(update.id); // a real client forgets old ones
    console.log(JSON.stringify(update.changed));
  }
});
