// What kind of kernel a file is, and where it is in memory once it runs: offsets from the start of the guest's RAM.
namespace Nestor.Tools.Launch;

public sealed record ImageInfo(ImageKind Kind, long FileSize, long Start, long End);
