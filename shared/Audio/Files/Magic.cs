namespace Pipeline.Audio.Files;

/// <summary>First bytes that tell a kind of file.</summary>
internal sealed record Magic(byte[] Bytes, ContentKind Kind, string Name);
