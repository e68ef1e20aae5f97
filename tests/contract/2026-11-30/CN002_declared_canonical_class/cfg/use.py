from cfg.unified import UnifiedConfigManager

config = UnifiedConfigManager("APP_")
