import logging


class CatalogSync:
    def __init__(self, source, target):
        self.source = source
        self.target = target
        self.logger = logging.getLogger(self.__class__.__name__)
        self.done = 0

    async def run(self):
        async for product in self.source:
            try:
                await self.target.upsert(product)
            except Exception:  # want: CN201
                self.logger.debug("could not upsert %s", product.sku, exc_info=True)
                continue
            self.done += 1

    async def remove(self, sku):
        try:
            await self.target.delete(sku)
        except (ConnectionError, ValueError) as error:  # want: CN201
            self.logger.debug(f"delete failed: {error}")
            return None
        return sku
