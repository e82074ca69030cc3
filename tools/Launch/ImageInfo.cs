// What kind of kernel a file is, and how much memory it takes once it runs.
namespace Nestor.Tools.Launch;

public sealed record ImageInfo(ImageKind Kind, long FileSize, long MemorySize);
