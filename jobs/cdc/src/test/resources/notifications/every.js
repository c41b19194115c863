import { io } from 'socket.io-client';

const socket = io(process.env.SERVER_URL, { auth: { userId: process.env.USER_ID } });

socket.on('connect', () => console.log('connected'));
socket.onAny((event, data) => console.log(event, JSON.stringify(data)));
