internal import WalkthroughCLI

await WalkthroughCommand.main()
