from radio.streams.player import StreamPlayer

player = StreamPlayer()
