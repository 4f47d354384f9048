namespace Pipeline.Audio.Files;

/// <summary>The kinds of file that are told by their first bytes alone, and found among sound files by those who collect them.</summary>
internal static class Magics
{
    public static readonly Magic[] All =
    [
        new([.. ".snd"u8], ContentKind.Au, "an au file"),
        new([.. "dns."u8], ContentKind.Au, "an au file"),
        new([.. "fLaC"u8], ContentKind.Flac, "a FLAC file"),
        new([.. "OggS"u8], ContentKind.Ogg, "an Ogg file"),
        new([.. "caff"u8], ContentKind.OtherSound, "a Core Audio file (caf)"),
        new([.. "riff"u8, 0x2E, 0x91, 0xCF, 0x11], ContentKind.OtherSound, "a Wave64 file (w64)"),
        new([.. "Creative Voice File"u8], ContentKind.OtherSound, "a Creative Voice file (voc)"),
        new([.. "NIST_1A"u8], ContentKind.OtherSound, "a NIST Sphere file"),
        new([0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11], ContentKind.Foreign, "a Windows Media file (wma, asf)"),
        new([0x1A, 0x45, 0xDF, 0xA3], ContentKind.Foreign, "a Matroska file (mka, mkv, webm)"),
        new([.. "MAC "u8], ContentKind.Foreign, "a Monkey's Audio file (ape)"),
        new([.. "wvpk"u8], ContentKind.Foreign, "a WavPack file"),
        new([.. "MPCK"u8], ContentKind.Foreign, "a Musepack file"),
        new([.. "MP+"u8], ContentKind.Foreign, "a Musepack file"),
        new([.. "TTA1"u8], ContentKind.Foreign, "a True Audio file"),
        new([.. "#!AMR"u8], ContentKind.Foreign, "an AMR file"),
        new([.. "FLV"u8], ContentKind.Foreign, "a Flash film (flv)"),
        new([.. "ADIF"u8], ContentKind.Foreign, "an AAC file"),
        new([.. ".RMF"u8], ContentKind.Foreign, "a RealMedia file"),
        new([.. "MThd"u8], ContentKind.NotSound, "a MIDI file: notes without sound"),
        new([.. "PK\x03\x04"u8], ContentKind.NotSound, "a zip archive: unpack it first"),
        new([0x1F, 0x8B], ContentKind.NotSound, "a gzip archive: unpack it first"),
        new([.. "BZh"u8], ContentKind.NotSound, "a bzip2 archive: unpack it first"),
        new([0xFD, .. "7zXZ"u8], ContentKind.NotSound, "an xz archive: unpack it first"),
        new([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], ContentKind.NotSound, "a 7z archive: unpack it first"),
        new([.. "Rar!"u8], ContentKind.NotSound, "a rar archive: unpack it first"),
        new([0x28, 0xB5, 0x2F, 0xFD], ContentKind.NotSound, "a zstd archive: unpack it first"),
        new([0x89, .. "PNG"u8], ContentKind.NotSound, "a PNG picture"),
        new([0xFF, 0xD8, 0xFF], ContentKind.NotSound, "a JPEG picture"),
        new([.. "GIF8"u8], ContentKind.NotSound, "a GIF picture"),
        new([.. "%PDF"u8], ContentKind.NotSound, "a PDF document"),
        new([0x89, .. "HDF"u8], ContentKind.NotSound, "an HDF5 file"),
        new([.. "PAR1"u8], ContentKind.NotSound, "a Parquet file"),
        new([0x7F, .. "ELF"u8], ContentKind.NotSound, "a program"),
        // Left by macOS beside the real files, with their names: ._song.wav
        new([0x00, 0x05, 0x16, 0x07], ContentKind.NotSound, "an AppleDouble companion of another file, without sound"),
    ];
}
