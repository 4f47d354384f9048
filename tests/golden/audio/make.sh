#!/bin/sh
# Makes the sound files of this folder and, with ffmpeg's decoders, what is in them (.f32: 32-bit floats, little-endian, channels interleaved).
# Needs sox, ffmpeg, flac, oggenc, opusenc and lame. The files are committed, so that the tests need none of them.
set -eu
cd "$(dirname "$0")"
rm -f ./*.wav ./*.au ./*.aiff ./*.aifc ./*.flac ./*.ogg ./*.opus ./*.mp3 ./*.m4a ./*.f32
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ff() { ffmpeg -nostdin -v error -y "$@"; }

# Two channels that differ, up to full scale and with all low bits in use: 139 frames, an odd number; and a longer one for the codecs.
sox -R -r 22050 -n -r 22050 -c 2 -b 32 -e signed "$work/short.wav" synth 139s sine 440 sine 1703 synth 139s whitenoise fmod 3 gain -n -0.01
sox -R -r 22050 -n -r 22050 -c 1 -b 16 "$work/long.wav" synth 2757s sine 300:3000 gain -n -1 dither
sox -R -r 8000 -n -r 8000 -c 6 -b 32 -e signed "$work/six.wav" synth 17s whitenoise gain -n -1
short="-i $work/short.wav -bitexact -map_metadata -1"

for codec in u8 s16le s24le s32le f32le f64le alaw mulaw; do ff $short -c:a pcm_$codec wav_$codec.wav; done
for codec in s8 s16be s24be s32be f32be f64be alaw mulaw; do ff $short -c:a pcm_$codec au_$codec.au; done
for codec in s8 s16be s24be s32be s16le f32be f64be alaw mulaw; do ff $short -c:a pcm_$codec aiff_$codec.aiff; done
sox -R "$work/short.wav" -D -b 24 -B wav_rifx_24.wav
sox -R "$work/short.wav" -D -b 16 -B wav_rifx_16.wav
ff $short -rf64 always -c:a pcm_s16le wav_rf64.wav
ff -i "$work/six.wav" -bitexact -c:a pcm_s24le wav_extensible_6.wav
ff $short -c:a pcm_s16le -f wav pipe:1 | cat > wav_streamed_ffmpeg.wav
sox -R "$work/short.wav" -D -b 16 -t wav - | cat > wav_streamed_sox.wav
ff $short -c:a pcm_s16be -f au pipe:1 | cat > au_streamed.au
sox -R "$work/short.wav" -D -b 16 --comment 'a comment of some length, which moves the samples' au_annotated.au
sox -R "$work/short.wav" -D -b 16 -t aiff - | cat > aiff_streamed.aiff
ff -i "$work/long.wav" -bitexact -c:a adpcm_ima_wav wav_ima.wav
ff -i "$work/long.wav" -bitexact -c:a adpcm_ms wav_ms.wav
ff -i "$work/long.wav" -bitexact -c:a libmp3lame -b:a 32k -f wav wav_mp3.wav

flac --silent --totally-silent -f -o flac_16.flac "$work/long.wav"
sox -R "$work/short.wav" -D -b 24 "$work/short24.wav"
flac --totally-silent -f -o flac_24.flac "$work/short24.wav"
oggenc -Q --serial 1 -o vorbis.ogg "$work/long.wav"
sox -R "$work/long.wav" -D -r 48000 "$work/long48.wav"
opusenc --quiet --serial 1 --bitrate 32 "$work/long48.wav" opus.opus
lame --quiet -b 64 "$work/long.wav" mp3_cbr.mp3
lame --quiet -V 5 "$work/long.wav" mp3_vbr.mp3
lame --quiet -t -b 64 "$work/long.wav" mp3_plain.mp3
lame --quiet -b 64 --add-id3v2 --tt title --ta artist "$work/long.wav" mp3_tagged.mp3
ff -i "$work/long.wav" -bitexact -c:a aac -b:a 32k foreign.m4a

# An ID3v2 tag of 21 bytes, in front of what is not MP3.
tag() { printf 'ID3\003\000\000\000\000\000\013TIT2\000\000\000\001\000\000\000'; }
{ tag; cat wav_s16le.wav; } > wav_behind_tag.wav
{ tag; cat flac_24.flac; } > flac_behind_tag.flac

# ffmpeg takes the samples of RIFX for little-endian ones; sox does not.
for file in *.wav *.au *.aiff *.flac *.ogg *.opus *.mp3; do
    case $file in wav_rifx*) ;; *) ff -i "$file" -map 0:a -f f32le "$file.f32" ;; esac
done
for bits in 16 24; do sox wav_rifx_$bits.wav -t f32 wav_rifx_$bits.wav.f32; done
cp wav_s16le.wav.f32 wav_behind_tag.wav.f32
cp flac_24.flac.f32 flac_behind_tag.flac.f32
