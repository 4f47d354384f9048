using System.Security.Cryptography;
using Pipeline.Datasets;
using Pipeline.Pictures;

namespace Pipeline.Stages.ImageIngestion;

/// <summary>Decodes pictures from end to end and says what is wrong with them. Several threads may use it at once.</summary>
/// <param name="manifest">What the clips should be, or null.</param>
/// <param name="isLikenessSought">Whether near duplicates are going to be looked for.</param>
internal sealed class ClipPictureReader(Manifest? manifest, bool isLikenessSought)
{
    /// <summary>Reads a file. Whatever is wrong with it is among its faults.</summary>
    public ClipPicture Read(ClassFile item)
    {
        byte[]? bytes = null;
        string? failure = null;
        try
        {
            bytes = PngReader.ReadBytes(item.File);
        }
        catch (PictureException e)
        {
            failure = e.InnerException is { } cause ? FoundFile.Reason(cause, item) : e.Reason;
        }

        string? hash = bytes is null ? null : Convert.ToHexStringLower(SHA256.HashData(bytes));
        var clip = new ClipPicture { Item = item, Manifest = manifest?.Find(item.Path), Sha256 = hash };
        if (bytes is null)
        {
            clip.Faults.Add(new Fault(FaultNames.Unreadable, failure));
            return clip;
        }

        try
        {
            Judge(clip, PngReader.Decode(bytes, item.Path));
            clip.AddKnownFaults();
        }
        catch (PictureException e)
        {
            clip.Faults.Add(new Fault(FaultNames.Unreadable, e.Reason));
        }

        return clip;
    }

    private void Judge(ClipPicture clip, Picture picture)
    {
        Picture flat = picture.Flatten();
        if (IsBlank(flat))
        {
            clip.Faults.Add(new Fault(FaultNames.Blank, $"all {flat.Width:n0} x {flat.Height:n0} pixels are the same"));
        }
        else if (isLikenessSought)
        {
            clip.Look = Likeness.LookOf(flat);
        }
    }

    private static bool IsBlank(Picture picture)
    {
        // Each sample is that of the pixel before.
        ReadOnlySpan<float> samples = picture.Samples;
        return samples[picture.Channels..].SequenceEqual(samples[..^picture.Channels]);
    }
}
